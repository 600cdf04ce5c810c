package io.quarkiverse.procdaemon.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.consumer.ReadingTable.Delivery;

/** The end of consumers under load: none works before or after its time, and nothing is lost. */
class TerminationIT extends ConsumerTest {

    /** For all states. */
    private static final String LOG_LEVEL = "quarkus.log.category.\"io.quarkiverse.procdaemon\".level";

    /** Nothing comes twice but what was not committed at the kill. */
    @Test
    void aConsumerIsTerminatedAndTheNextOneIsKilled() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            nextRound();
            send(MESSAGES);
            terminateAfter(MESSAGES / 3);
            assertThat(storedTwice()).as("stored twice after SIGTERM in round %s", round).isEmpty();
            Set<Integer> again = killAfter(MESSAGES * 2 / 3);
            try (ConsumerProcess next = consumer().hurried().up()) {
                assertNoneLost();
                next.terminate();
                assertThat(next.awaitExit()).isEqualTo(143);
                assertSaysNothingBad(next);
            }
            assertThat(storedTwice()).as("stored twice after SIGKILL in round %s", round).isEqualTo(again);
            System.out.printf("Round %d: none of %d lost, %d not committed at the kill%n", round, MESSAGES, again.size());
        }
    }

    private void terminateAfter(int readings) throws Exception {
        try (ConsumerProcess consumer = consumer().hurried().with(LOG_LEVEL, "DEBUG").up()) {
            awaitStored(readings);
            Instant running = Instant.parse(consumer.http().readiness("readings").data().getString("since"));
            consumer.terminate();
            assertThat(consumer.awaitExit()).isEqualTo(143);
            assertSaysNothingBad(consumer);
            List<Delivery> deliveries = table.deliveries();
            assertThat(deliveries).as("stored before SIGTERM").hasSizeLessThan(MESSAGES);
            Instant stopped = Instant.parse(consumer.awaitLog("(\\S+) DEBUG \\[\\S+ readings#1 STOPPING -> STOPPED").group(1));
            assertThat(deliveries.get(0).at()).isAfter(running);
            assertThat(deliveries.get(deliveries.size() - 1).at()).isBefore(stopped);
        }
    }

    /** Returns what a new consumer has to get although it has been stored. */
    private Set<Integer> killAfter(int readings) throws Exception {
        try (ConsumerProcess consumer = consumer().hurried().up()) {
            awaitStored(readings);
            consumer.kill();
            assertThat(consumer.awaitExit()).isEqualTo(137);
        }
        Set<Integer> again = storedButNotCommitted();
        assertThat(table.count()).as("stored before SIGKILL").isLessThan(MESSAGES);
        return again;
    }

    /** A slow machine may be a reason for warnings of others. */
    private static void assertSaysNothingBad(ConsumerProcess consumer) {
        assertThat(consumer.log()).doesNotContainPattern("ERROR|WARN +\\[procdaemon");
    }
}
