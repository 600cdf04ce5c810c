package io.quarkiverse.procdaemon.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A drained relay polls nothing, and goes on after the resume. */
class DrainIT extends RelayTest {

    private static final int REQUESTS = 50;

    @Test
    void messagesWaitForTheResume() throws Exception {
        try (RelayProcess relay = relay().with("quarkus.proc-daemon.signals.\"TSTP\"", "drain")
                .with("quarkus.proc-daemon.signals.\"CONT\"", "resume").up()) {
            outbox.add(1);
            sink.awaitLines(1);
            relay.signal("TSTP");
            relay.awaitLog(" is draining: it takes no new work until it is resumed; nothing is in flight| has drained: ");
            outbox.add(1);
            // Many times its interval.
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(relay.http().send("GET", "/q/health/ready").statusCode()).isEqualTo(503);
                assertThat(relay.http().send("GET", "/q/health/live").statusCode()).isEqualTo(200);
            }
            assertThat(sink.lines()).hasSize(1);
            relay.signal("CONT");
            sink.awaitLines(2);
            relay.awaitLog(" has resumed: it takes new work again");
            assertThat(relay.http().send("GET", "/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(relay.log()).doesNotContain("WARN", "ERROR");
        }
    }
}
