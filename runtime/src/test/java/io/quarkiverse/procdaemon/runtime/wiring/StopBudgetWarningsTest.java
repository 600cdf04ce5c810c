package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph.Node;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/** The graceful timeout is 5s here, the force timeout 10s, the kill timeout 15s. */
class StopBudgetWarningsTest {

    private static final String GRACEFUL = "quarkus.proc-daemon.shutdown.graceful-timeout (5s)";
    private static final Node JOURNAL = new Node("journal", List.of());
    private static final Node INGEST = new Node("ingest", List.of("journal"));
    private static final Node WEB = new Node("web", List.of("ingest"));

    private static List<String> warnings(Map<String, Integer> seconds, Node... nodes) {
        return StopBudgetWarnings.of(DependencyGraph.of(List.of(nodes)),
                name -> Optional.ofNullable(seconds.get(name)).map(Duration::ofSeconds), ShutdownTimeouts.DEFAULT);
    }

    @Test
    void aChainThatDoesNotFit() {
        assertThat(warnings(Map.of("web", 3, "ingest", 2, "journal", 4), JOURNAL, INGEST, WEB)).containsExactly(
                "The stop timeouts along web -> ingest -> journal (in the order in which they stop: 3s + 2s + 4s = 9s) do not "
                        + "fit into " + GRACEFUL + ": what stops last is interrupted early; raise the graceful timeout to 9s "
                        + "or lower them");
    }

    @Test
    void whatTakesExactlyAllOfItFits() {
        assertThat(warnings(Map.of("web", 2, "ingest", 1, "journal", 2), JOURNAL, INGEST, WEB)).isEmpty();
        assertThat(warnings(Map.of("web", 2, "ingest", 1, "journal", 3), JOURNAL, INGEST, WEB)).hasSize(1);
    }

    @Test
    void whereNoneIsSetNothingIsClaimed() {
        assertThat(warnings(Map.of(), JOURNAL, INGEST, WEB)).isEmpty();
        assertThat(warnings(Map.of("ingest", 5), JOURNAL, INGEST, WEB)).isEmpty();
        assertThat(warnings(Map.of("web", 3, "journal", 4), JOURNAL, INGEST, WEB)).containsExactly(
                "The stop timeouts along web -> ingest -> journal (in the order in which they stop: 3s + 0s + 4s = 7s; 0s where "
                        + "none is set) do not fit into " + GRACEFUL + ": what stops last is interrupted early; raise the "
                        + "graceful timeout to 7s or lower them");
    }

    @Test
    void aChainBeginsAndEndsWhereOneIsSet() {
        assertThat(warnings(Map.of("web", 3, "ingest", 4), JOURNAL, INGEST, WEB)).singleElement().asString()
                .startsWith(
                        "The stop timeouts along web -> ingest (in the order in which they stop: 3s + 4s = 7s) do not fit");
        assertThat(warnings(Map.of("ingest", 3, "journal", 4), JOURNAL, INGEST, WEB, new Node("admin", List.of("ingest"))))
                .singleElement().asString().startsWith("The stop timeouts along ingest -> journal (in the order");
    }

    @Test
    void oneThatIsTooLongByItself() {
        assertThat(warnings(Map.of("ingest", 6), JOURNAL, INGEST, WEB)).containsExactly(
                "The stop timeout of ingest (6s) does not fit into " + GRACEFUL + ": in a shutdown it is interrupted early; "
                        + "raise the graceful timeout to 6s or lower it");
    }

    @Test
    void theWayOutNamesTheLaterTimeoutsWhereTheyWouldBeInTheWay() {
        assertThat(warnings(Map.of("journal", 10), JOURNAL)).singleElement().asString().endsWith(
                "; raise the graceful timeout to 10s, with quarkus.proc-daemon.shutdown.force-timeout (10s) beyond that, or "
                        + "lower it");
        assertThat(warnings(Map.of("ingest", 10, "journal", 5), JOURNAL, INGEST)).singleElement().asString().endsWith(
                "; raise the graceful timeout to 15s, with quarkus.proc-daemon.shutdown.force-timeout (10s) and "
                        + "quarkus.proc-daemon.shutdown.kill-timeout (15s) beyond that, or lower them");
    }

    @Test
    void ofADiamondTheLongerSideIsNamed() {
        assertThat(warnings(Map.of("web", 2, "left", 2, "right", 3, "journal", 2), JOURNAL,
                new Node("left", List.of("journal")), new Node("right", List.of("journal")),
                new Node("web", List.of("left", "right")))).containsExactly(
                        "The stop timeouts along web -> right -> journal (in the order in which they stop: 2s + 3s + 2s = 7s) "
                                + "do not fit into " + GRACEFUL + ": what stops last is interrupted early; raise the graceful "
                                + "timeout to 7s or lower them");
    }

    @Test
    void chainsAreNamedByWhatStopsFirstTheLongestFirst() {
        assertThat(warnings(Map.of("web", 3, "admin", 1, "tally", 4, "ingest", 2, "journal", 4, "mail", 8, "clock", 2), JOURNAL,
                INGEST, WEB, new Node("admin", List.of("ingest")), new Node("mail", List.of()), new Node("clock", List.of()),
                new Node("tally", List.of("clock")))).satisfiesExactly(
                        first -> assertThat(first).startsWith("The stop timeouts along web -> ingest -> journal ("),
                        second -> assertThat(second).startsWith("The stop timeout of mail (8s)"),
                        third -> assertThat(third).startsWith("The stop timeouts along admin -> ingest -> journal ("),
                        fourth -> assertThat(fourth).startsWith("The stop timeouts along tally -> clock ("));
    }

    @Test
    void ofManyOnlyTheLongestAreNamed() {
        Map<String, Integer> seconds = new TreeMap<>();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            seconds.put("s" + i, 6 + i);
            nodes.add(new Node("s" + i, List.of()));
        }
        assertThat(warnings(seconds, nodes.toArray(Node[]::new))).hasSize(11)
                .startsWith("The stop timeout of s11 (17s) does not fit into " + GRACEFUL
                        + ": in a shutdown it is interrupted "
                        + "early; raise the graceful timeout to 17s, with quarkus.proc-daemon.shutdown.force-timeout (10s) and "
                        + "quarkus.proc-daemon.shutdown.kill-timeout (15s) beyond that, or lower it")
                .endsWith("And 2 more such chains do not fit into " + GRACEFUL);
    }

    @Test
    void ofALongChainBothEndsAreNamed() {
        Node[] nodes = IntStream.range(0, 13)
                .mapToObj(i -> new Node("s" + i, i == 0 ? List.of() : List.of("s" + (i - 1)))).toArray(Node[]::new);
        Map<String, Integer> seconds = new TreeMap<>();
        IntStream.range(0, 13).forEach(i -> seconds.put("s" + i, 1));
        assertThat(warnings(seconds, nodes)).singleElement().asString().startsWith(
                "The stop timeouts along s12 -> s11 -> s10 -> s9 -> s8 -> s7 -> (1 more) -> s5 -> s4 -> s3 -> s2 -> s1 -> s0 "
                        + "(in the order in which they stop: 1s + 1s + 1s + 1s + 1s + 1s + (1 more) + 1s + 1s + 1s + 1s + 1s + "
                        + "1s = 13s) do not fit");
    }
}
