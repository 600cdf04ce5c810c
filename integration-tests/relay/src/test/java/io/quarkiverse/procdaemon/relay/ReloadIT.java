package io.quarkiverse.procdaemon.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

/** The configuration changes while the relay runs. */
class ReloadIT extends RelayTest {

    @Test
    void theNextBatchHasTheNewSize() throws Exception {
        Path file = directory.resolve("relay.properties");
        write(file, "relay.batch-size=10");
        try (RelayProcess relay = relay().hurried().with("quarkus.config.locations", file.toString()).up()) {
            outbox.add(50);
            outbox.awaitAllSent();
            write(file, "relay.batch-size=25");
            relay.awaitLog("Configuration reloaded \\(epoch 2\\); changed: relay.batch-size\\R");
            outbox.add(50);
            assertNoneLostAndOnlyTwice(List.of(), sink);
            assertThat(outbox.batches()).containsExactly("10", "10", "10", "10", "10", "25", "25");
            assertThat(relay.log()).doesNotContain("WARN", "ERROR", "publisher#2", "poller#2");
        }
    }

    @Test
    void aNewSinkRestartsThePublisherAndWhatDependsOnIt() throws Exception {
        Path file = directory.resolve("relay.properties");
        write(file, "relay.sink=" + sink.address());
        try (Sink other = new Sink();
                RelayProcess relay = new RelayProcess.Launch().from(database).hurried()
                        .with("quarkus.config.locations", file.toString()).up()) {
            try (Outbox.Load load = outbox.load()) {
                sink.awaitLines(500);
                write(file, "relay.sink=" + other.address());
                other.awaitLines(500);
            }
            assertNoneLostAndOnlyTwice(List.of(), sink, other);
            assertThat(relay.log()).contains("publisher#2 STARTING -> RUNNING", "poller#2 STARTING -> RUNNING")
                    .doesNotContain("WARN", "ERROR", "Restart required", "publisher#3");
        }
    }
}
