package io.quarkiverse.procdaemon.collector;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LineServerTest {

    @RegisterExtension
    final RunningServer server = new RunningServer();

    @Test
    void answersInOrderOfTheLines() throws IOException {
        LineClient client = server.connect();

        client.send("one\n" + "x".repeat(17) + "\nzwölf\r\n").send(new byte[] { 'a', (byte) 0xff, '\n' }).send("\nunfinished");

        assertThat(client.finish()).containsExactly("OK 1", "ERR too long", "OK 2", "ERR not UTF-8", "OK 3",
                "ERR no newline");
        assertThat(server.store().all()).containsExactly("one", "zwölf", "");
    }

    @Test
    void aSyslogSenderIsJournaledAndGetsNoAnswers() throws IOException {
        LineClient logger = server.connect().send("<13>one\ntwo\n");

        assertThat(logger.finish()).isEmpty();
        assertThat(server.store().all()).containsExactly("<13>one", "two");
    }

    @Test
    void aClientThatReadsNothingNeitherStopsOthersNorIsReadFrom() throws Exception {
        LineClient deaf = server.connect();
        FutureTask<Void> flood = new FutureTask<>(() -> {
            while (true) {
                deaf.send("\n".repeat(64 * 1024));
            }
        });
        new Thread(flood, "flood").start();
        server.store().awaitLines(1000);

        LineClient other = server.connect();
        for (int i = 0; i < 100; i++) {
            assertThat(other.send("still here\n").answer()).startsWith("OK ");
        }

        long[] seen = new long[1];
        await().pollInterval(200, MILLISECONDS).until(() -> seen[0] == (seen[0] = server.store().lines()));
        assertThat(flood.isDone()).isFalse();
    }

    @Test
    void aJournalThatFailsIsSaidAndTheConnectionEnds() throws IOException {
        LineClient client = server.connect().send("one\n");
        assertThat(client.answer()).isEqualTo("OK 1");

        server.store().fail();
        client.send("x".repeat(17) + "\ntwo\nthree\n");

        assertThat(client.answers()).containsExactly("ERR journal");
        assertThat(server.store().all()).containsExactly("one");
    }

    @Test
    void aClientThatIsGoneStillHasItsLinesJournaled() throws Exception {
        LineClient client = server.connect();
        server.store().hold();
        client.send("one\n");
        server.store().awaitHeld();
        client.send("two\nthree\n").close();

        server.store().release();

        server.store().awaitLines(3);
        assertThat(server.store().all()).containsExactly("one", "two", "three");
    }

    @Test
    void moreConnectionsThanAllowedWait() throws Exception {
        LineClient[] clients = new LineClient[5];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = server.connect().send("from " + i + "\n");
        }
        for (int i = 0; i < 4; i++) {
            assertThat(clients[i].answer()).startsWith("OK ");
        }
        assertThat(server.store().all()).doesNotContain("from 4");

        clients[0].close();

        assertThat(clients[4].answer()).isEqualTo("OK 5");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        int port = server.port();

        assertThatThrownBy(() -> new RunningServer.Settings(port, 16, 4).bind(server.store())).hasMessage(
                "Cannot listen on localhost:%d (java.net.BindException: Address already in use):"
                        + " end what listens there, or set collector.port or collector.host",
                port);
    }

    @ParameterizedTest
    @CsvSource({
            "-1, 16, 4, collector.port is -1: set it from 0 to 65535",
            "65536, 16, 4, collector.port is 65536: set it from 0 to 65535",
            "0, 0, 4, collector.max-line-bytes is 0: set it from 1 to 1048576",
            "0, 1048577, 4, collector.max-line-bytes is 1048577: set it from 1 to 1048576",
            "0, 16, 0, collector.max-connections is 0: set it from 1 to 65536" })
    void settingsOutOfRangeAreNamed(int port, int maxLineBytes, int maxConnections, String message) {
        assertThatThrownBy(
                () -> new RunningServer.Settings(port, maxLineBytes, maxConnections).bind(server.store()))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
