package io.quarkiverse.procdaemon.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/** Public for the code that JMH generates. */
@Timeout(60)
public class RoundsTest {

    private static final Effort TWO_ROUNDS = new Effort(2, false, 0, 1, 1, List.of());

    private static final StringBuffer TURNS = new StringBuffer();

    /** Notes whose turn it is. */
    @State(Scope.Benchmark)
    public static class Noting {

        /** Whose. */
        @Param({ "a", "b" })
        public String subject;
        /** Something else. */
        @Param({ "1", "2" })
        public int n;
        /** Whether it fails. */
        @Param("false")
        public boolean failing;

        private boolean noted;

        /** The first call of each turn counts. */
        @Benchmark
        public void note() {
            if (failing) {
                throw new IllegalStateException("to be seen in the log");
            }
            if (!noted) {
                TURNS.append(subject).append(n).append(' ');
                noted = true;
            }
        }
    }

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    private List<RunResult> run(String failing) throws Exception {
        TURNS.setLength(0);
        System.setProperty("jmh.ignoreLock", "true");
        Rounds rounds = new Rounds(new PrintStream(log, true));
        rounds.run(new Part("RoundsTest", TWO_ROUNDS).with("failing", failing).with("unknown", "x"), Pattern.compile("note"));
        return rounds.results();
    }

    @Test
    void subjectsTakeTurnsAndTheirRoundsStandTogether() throws Exception {
        List<RunResult> results = run("false");
        assertThat(TURNS).hasToString("a1 b1 b1 a1 a2 b2 b2 a2 ");
        assertThat(results).extracting(result -> result.getParams().getParam("subject") + result.getParams().getParam("n"))
                .containsExactly("a1", "b1", "a2", "b2");
        assertThat(results).allSatisfy(result -> assertThat(result.getBenchmarkResults()).hasSize(2));
    }

    @Test
    void aFailureEndsTheRunAndStandsInTheLog() {
        assertThatExceptionOfType(RunnerException.class).isThrownBy(() -> run("true"));
        assertThat(log.toString()).contains("IllegalStateException: to be seen in the log");
    }

    @Test
    void everyCombinationOfParametersIsRun() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("n", List.of("1", "3"));
        values.put("shape", List.of("flat", "dag"));
        assertThat(Rounds.combinations(values)).extracting(Object::toString).containsExactly("{n=1, shape=flat}",
                "{n=3, shape=flat}", "{n=1, shape=dag}", "{n=3, shape=dag}");
        assertThat(Rounds.combinations(Map.of())).containsExactly(Map.of());
    }
}
