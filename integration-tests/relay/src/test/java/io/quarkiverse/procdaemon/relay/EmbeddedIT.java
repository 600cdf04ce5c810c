package io.quarkiverse.procdaemon.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a URL of PostgreSQL the outbox is in a file. */
class EmbeddedIT {

    @TempDir
    Path directory;

    @Test
    void messagesAreSentOnceFromAFile() throws Exception {
        try (Sink sink = new Sink()) {
            RelayProcess.Launch launch = new RelayProcess.Launch().hurried().with("relay.sink", sink.address()).with(
                    "quarkus.datasource.embedded.jdbc.url",
                    "jdbc:h2:file:" + directory.resolve("outbox") + ";MODE=PostgreSQL");
            try (RelayProcess relay = launch.up()) {
                relay.http().post("/outbox", "one");
                relay.http().post("/outbox", "two");
                sink.awaitLines(2);
                relay.terminate();
                assertThat(relay.awaitExit()).isEqualTo(143);
            }
            try (RelayProcess next = launch.up()) {
                next.http().post("/outbox", "three");
                sink.awaitLines(3);
            }
            assertThat(sink.lines()).extracting(line -> line.replaceFirst("\\d+ ", "")).containsExactly("one", "two", "three");
        }
    }
}
