package io.quarkiverse.procdaemon.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** What it is for. */
class RelayIT extends RelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void messagesAreSentInOrderAndDeletedLater() throws Exception {
        try (RelayProcess relay = relay().with("relay.keep-sent", "0s").with("relay.cleanup-interval", "1s").up()) {
            relay.http().post("/outbox", "grüß\ngott");
            outbox.add(250);
            sink.awaitLines(251);
            assertThat(sink.lines()).startsWith("1 grüß\\ngott", "2 message 1").endsWith("251 message 250").hasSize(251);
            await().atMost(PATIENCE).until(() -> outbox.all().isEmpty());
        }
    }
}
