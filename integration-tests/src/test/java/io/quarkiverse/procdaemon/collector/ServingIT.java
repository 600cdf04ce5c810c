package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
class ServingIT {

    @TempDir
    static Path directory;

    private static DaemonProcess daemon;

    @BeforeAll
    static void start() throws IOException {
        Path journal = directory.resolve("new/lines.log");
        daemon = DaemonProcess.on(journal).with("collector.max-line-bytes", "16").up();
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    @Test
    @Order(1)
    void nothingYet() throws Exception {
        assertThat(get("/lines/count").body()).isEqualTo("{\"lines\":0,\"words\":0}");
        HttpResponse<String> tail = get("/lines/tail");
        assertThat(tail.statusCode()).isEqualTo(200);
        assertThat(tail.body()).isEmpty();
    }

    @Test
    @Order(2)
    void eachLineIsAnsweredInOrder() throws Exception {
        try (LineClient client = daemon.connect()) {
            client.send("two words\n");
            assertThat(client.answer()).isEqualTo("OK 1");
            client.send("0123456789abcdef\n0123456789abcdefg\nzwölf\r\n").send(new byte[] { 'x', (byte) 0x80, '\n' })
                    .send("\nlast\n");
            assertThat(client.finish())
                    .containsExactly("OK 2", "ERR too long", "OK 3", "ERR not UTF-8", "OK 4", "OK 5");
        }
        assertThat(directory.resolve("new/lines.log")).hasContent("two words\n0123456789abcdef\nzwölf\n\nlast\n");
    }

    @Test
    @Order(3)
    void theCountIsThatOfTheAnswers() throws Exception {
        assertThat(get("/lines/count").body()).isEqualTo("{\"lines\":5,\"words\":5}");
    }

    @Test
    @Order(3)
    void theTailIsTheLastLines() throws Exception {
        assertThat(get("/lines/tail?n=3").body()).isEqualTo("zwölf\n\nlast\n");
        assertThat(get("/lines/tail").body()).isEqualTo("two words\n0123456789abcdef\nzwölf\n\nlast\n");
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = { "0", "-1", "1001", "99999999999", "ten" })
    void aTailThatCannotBeIsRefused(String n) throws Exception {
        HttpResponse<String> refused = get("/lines/tail?n=" + n);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("n is '" + n + "': give a number from 1 to 1000\n");
    }

    @Test
    @Order(3)
    void healthKnowsTheSubsystems() throws Exception {
        assertThat(get("/q/health/live").body()).contains("\"name\": \"proc-daemon\"").doesNotContain("DOWN");
        assertThat(get("/q/health/started").body()).contains("\"name\": \"proc-daemon\"").doesNotContain("DOWN");
        String ready = get("/q/health/ready").body();
        for (String subsystem : List.of("journal", "ingest", "tally")) {
            assertThat(ready).contains("\"name\": \"proc-daemon/" + subsystem + "\"");
        }
        assertThat(ready).contains("RUNNING").doesNotContain("DOWN");
    }

    @Test
    @Order(4)
    void countAndNumbersGoOnInTheNextProcess() throws Exception {
        daemon.terminate();
        daemon.awaitExit();
        Path journal = directory.resolve("new/lines.log");
        String before = Files.readString(journal);

        daemon = DaemonProcess.on(journal).up();

        assertThat(get("/lines/count").body()).isEqualTo("{\"lines\":5,\"words\":5}");
        try (LineClient client = daemon.connect()) {
            assertThat(client.send("and on\n").finish()).containsExactly("OK 6");
        }
        assertThat(get("/lines/count").body()).isEqualTo("{\"lines\":6,\"words\":7}");
        assertThat(journal).hasContent(before + "and on\n");
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + daemon.httpPort() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
