package io.quarkiverse.procdaemon.runtime.systemd;

import static io.quarkiverse.procdaemon.runtime.systemd.FakeDaemon.running;
import static io.quarkiverse.procdaemon.runtime.systemd.FakeDaemon.subsystem;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.ConfigProblem;

/** One line that an operator reads in {@code systemctl status}. */
@Tag("any-jdk")
class StatusTextTest {

    @Test
    void allIsWell() {
        assertThat(StatusText.of(DaemonState.RUNNING, 3, List.of(running("journal"), running("ingest")), ""))
                .isEqualTo("Running, 2 of 2 subsystems");
        assertThat(StatusText.of(DaemonState.RUNNING, 3, List.of(running("journal")), ""))
                .isEqualTo("Running, 1 of 1 subsystem");
    }

    @Test
    void whatIsWrongIsNamedWithItsReason() {
        assertThat(StatusText.of(DaemonState.RUNNING, 3, List.of(running("journal"),
                subsystem("ingest", SubsystemState.RESTARTING, true, 0, "java.io.IOException: no space left"),
                subsystem("tally", SubsystemState.WAITING, true, 0, "waits for 'ingest', which is RESTARTING"),
                subsystem("sink", SubsystemState.RUNNING, false, 0, null)), "the last reload was rejected: x"))
                .isEqualTo(
                        "Running, 2 of 4 subsystems: ingest is RESTARTING (java.io.IOException: no space left), tally"
                                + " is WAITING, sink is unhealthy; the last reload was rejected: x");
    }

    @Test
    void theOtherStates() {
        assertThat(
                StatusText.of(DaemonState.STARTING, 3, List.of(subsystem("journal", SubsystemState.STARTING, true, 0, null)),
                        ""))
                .isEqualTo("Starting, 0 of 1 subsystem running: journal is STARTING");
        assertThat(
                StatusText.of(DaemonState.DRAINING, 3, List.of(subsystem("journal", SubsystemState.RUNNING, true, 3, null)),
                        ""))
                .isEqualTo("Draining, 3 in flight");
        assertThat(StatusText.of(DaemonState.STOPPING, 3, List.of(running("journal")), ""))
                .isEqualTo("Stopping, 1 of 1 subsystem running");
    }

    @Test
    void nothingFromOutsideBeginsANewLineOrMakesItLong() {
        String text = StatusText.of(DaemonState.RUNNING, 3, List.of(
                subsystem("a", SubsystemState.FAILED, true, 0, "no\nREADY=1\n" + "x".repeat(10_000))), "");
        assertThat(text).startsWith("Running, 0 of 1 subsystem: a is FAILED (no READY=1 xxx").hasSizeLessThan(200);
        assertThat(StatusText.line("x".repeat(10_000))).hasSize(400);
    }

    @Test
    void ofManyOnlySomeAreNamed() {
        String text = StatusText.of(DaemonState.RUNNING, 3, IntStream.range(0, 100)
                .mapToObj(i -> subsystem("s" + i, SubsystemState.STOPPED, true, 0, null)).toList(), "");
        assertThat(text).isEqualTo("Running, 0 of 100 subsystems: s0 is STOPPED, s1 is STOPPED, s2 is STOPPED, s3 is"
                + " STOPPED, s4 is STOPPED, 95 more");
    }

    @Test
    void whatAReloadLeavesToSay() {
        ConfigProblem problem = new ConfigProblem(Optional.of("a"), Optional.empty(), OptionalInt.empty(), "a is wrong");
        assertThat(StatusText.note(result(Status.UNCHANGED, List.of(), Set.of()))).isEmpty();
        assertThat(StatusText.note(result(Status.APPLIED, List.of(), Set.of("b", "a"))))
                .isEqualTo("restart required for a, b");
        assertThat(StatusText.note(result(Status.REJECTED, List.of(problem), Set.of())))
                .isEqualTo("the last reload was rejected: a is wrong");
        assertThat(StatusText.note(result(Status.REJECTED, List.of(problem, problem, problem), Set.of("b"))))
                .isEqualTo("the last reload was rejected: a is wrong and 2 more; restart required for b");
    }

    private static ReloadResult result(Status status, List<ConfigProblem> problems, Set<String> pending) {
        return new ReloadResult(status, 2, Set.of(), Set.of(), problems, List.of(), pending);
    }
}
