package io.quarkiverse.procdaemon.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;

/**
 * The end of a relay under load, and the next one: nothing is lost, and nothing is sent twice but the batch in flight at a
 * kill.
 */
class TerminationIT extends RelayTest {

    private static final int BATCH = 25;

    @Test
    void aTerminatedRelayFinishesItsBatch() throws Exception {
        try (RelayProcess relay = relay().hurried().up(); Outbox.Load load = outbox.load()) {
            sink.awaitLines(500);
            relay.terminate();
            assertThat(relay.awaitExit()).isEqualTo(143);
            assertThat(relay.log()).doesNotContain("WARN", "ERROR");
            assertThat(sink.lines()).doesNotHaveDuplicates().hasSameElementsAs(outbox.sent());
        }
        try (RelayProcess next = relay().hurried().up()) {
            assertNoneLostAndOnlyTwice(List.of(), sink);
        }
    }

    @Test
    void ofAKilledRelayTheBatchInFlightIsSentAgain() throws Exception {
        List<String> inFlight;
        try (RelayProcess relay = relay().hurried().with("relay.batch-size", Integer.toString(BATCH)).up();
                Outbox.Load load = outbox.load()) {
            sink.awaitLines(500);
            sink.holdAfter(BATCH);
            sink.awaitHeld();
            relay.kill();
            assertThat(relay.awaitExit()).isEqualTo(137);
            inFlight = new ArrayList<>(sink.lines());
            inFlight.removeAll(new HashSet<>(outbox.sent()));
            assertThat(inFlight).hasSizeBetween(1, BATCH);
            sink.release();
        }
        try (RelayProcess next = relay().hurried().up()) {
            assertNoneLostAndOnlyTwice(inFlight, sink);
        }
    }
}
