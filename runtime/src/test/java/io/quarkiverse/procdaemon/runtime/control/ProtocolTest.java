package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP on the socket: what is right, and each way of being wrong. */
@Timeout(60)
class ProtocolTest {

    private static final String HOST = "\\r\\nHost: d\\r\\n";

    private ControlFixture control;

    @BeforeEach
    void open() throws IOException {
        control = new ControlFixture(ControlFixture.idle("a"));
    }

    @AfterEach
    void close() throws IOException {
        control.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "hello\\r\\n\\r\\n | 400 | The request line is not 'METHOD PATH HTTP/1.1'",
            "GET /v1\\r\\n\\r\\n | 400 | The request line",
            "GET  /v1 HTTP/1.1" + HOST + "\\r\\n | 400 | The request line",
            "G(T /v1 HTTP/1.1" + HOST + "\\r\\n | 400 | The request line",
            "GET /v1 FTP/1.1" + HOST + "\\r\\n | 400 | The request line",
            "GET /v1 HTTP/1.10" + HOST + "\\r\\n | 400 | The request line",
            "GET /v1 HTTP/2.0" + HOST + "\\r\\n | 505 | The version HTTP/2.0 is not supported",
            "GET /v1 HTTP/1.1\\r\\n\\r\\n | 400 | The header Host is missing",
            "GET http://d/v1 HTTP/1.1" + HOST + "\\r\\n | 400 | The path does not begin with /",
            "GET /v1 HTTP/1.1\\nHost: d\\n\\n | 400 | does not end with CR LF",
            "GET /v1 HTTP/1.1\\r\\nHost: d\\r\\n folded\\r\\n\\r\\n | 400 | A header is not 'Name: value'",
            "GET /v1 HTTP/1.1\\r\\nHost : d\\r\\n\\r\\n | 400 | A header is not 'Name: value'",
            "GET /v1 HTTP/1.1\\r\\nHost: d\\r\\nHost: e\\r\\n\\r\\n | 400 | The header host appears twice",
            "GET /v1 HTTP/1.1\\r\\nHost: \\0\\r\\n\\r\\n | 400 | The head has a control character",
            "GET /v1 HTTP/1.1\\r\\nHost: a\u007fb\\r\\n\\r\\n | 400 | The head has a control character",
            "GET /v1 HTTP/1.1\\r\\nHost: a\\rb\\r\\n\\r\\n | 400 | The head has a control character",
            "GET /%zz HTTP/1.1" + HOST + "\\r\\n | 400 | a wrong escape",
            "GET /%c0%af HTTP/1.1" + HOST + "\\r\\n | 400 | a wrong escape",
            "GET /%0a HTTP/1.1" + HOST + "\\r\\n | 400 | a wrong escape",
            "GET /%4 HTTP/1.1" + HOST + "\\r\\n | 400 | a wrong escape",
            "GET /v1?a=1&a=2 HTTP/1.1" + HOST + "\\r\\n | 400 | The parameter a appears twice",
            "GET /v1/daemon?depth=2 HTTP/1.1" + HOST + "\\r\\n | 400 | There is no parameter depth of GET /v1/daemon",
            "POST /v1/reload HTTP/1.1" + HOST
                    + "Transfer-Encoding: chunked\\r\\n\\r\\n | 411 | send the body with a Content-Length",
            "POST /v1/reload HTTP/1.1" + HOST + "Content-Length: 1x\\r\\n\\r\\n | 400 | The Content-Length is not a number",
            "POST /v1/reload HTTP/1.1" + HOST + "Content-Length: +1\\r\\n\\r\\n | 400 | The Content-Length is not a number",
            "POST /v1/reload HTTP/1.1" + HOST + "Content-Length: 65537\\r\\n\\r\\n | 413 | The body is larger than 64 KiB",
            "POST /v1/reload HTTP/1.1" + HOST + "Expect: more\\r\\n\\r\\n | 417 | remove the header Expect",
            "PUT /v1/log-levels/x HTTP/1.1" + HOST
                    + "Connection: close\\r\\nContent-Type: application/json\\r\\nContent-Length: 2\\r\\n\\r\\n{} | 415 | must be text/plain",
            "POST /v1/shutdown HTTP/1.1" + HOST + "Connection: close\\r\\nContent-Length: 11\\r\\n\\r\\nexit-code=3"
                    + " | 400 | POST /v1/shutdown takes no body; send it without, and parameters in the URL: /v1/shutdown?exit-code",
            "POST /v1/reload HTTP/1.1" + HOST
                    + "Connection: close\\r\\nContent-Length: 2\\r\\n\\r\\n{} | 400 | POST /v1/reload takes no"
                    + " body; send it without",
            "GET /v1/daemon HTTP/1.1" + HOST + "Connection: close\\r\\nContent-Length: 1\\r\\n\\r\\nx | 400 | takes no body",
            "DELETE /v1/log-levels/a HTTP/1.1" + HOST
                    + "Connection: close\\r\\nContent-Length: 1\\r\\n\\r\\nx | 400 | takes no body",
            "GET /v1/nothing HTTP/1.1" + HOST
                    + "Connection: close\\r\\n\\r\\n | 404 | There is no /v1/nothing; known paths: /, /v1, /v1/config",
            "DELETE /v1/daemon HTTP/1.1" + HOST + "Connection: close\\r\\n\\r\\n | 405 | is not known for /v1/daemon; use GET",
            "GET /v1/subsystems/b HTTP/1.1" + HOST + "Connection: close\\r\\n\\r\\n | 404 | PD-4001",
    })
    void aRequestThatIsWrongIsAnsweredInWords(String request, int status, String detail) throws IOException {
        String answer = control.send(request.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0"));

        assertThat(answer).startsWith("HTTP/1.1 " + status + " " + Answer.phrase(status) + "\r\n").contains(detail)
                .contains("Content-Type: text/plain; charset=UTF-8").endsWith("\n").doesNotContain("Unknown");
    }

    @Test
    void aProgramGetsAProblem() throws IOException {
        assertThat(control.json("GET", "/v1/subsystems/b")).startsWith("HTTP/1.1 404 Not Found\r\n")
                .contains("\r\nContent-Type: application/problem+json\r\n")
                .endsWith("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,\"detail\":"
                        + "\"PD-4001: there is no subsystem 'b'; known subsystems: a\",\"code\":\"PD-4001\","
                        + "\"retryable\":false}\n");
    }

    @Test
    void theAnswerToAWrongMethodSaysWhichAreRight() throws IOException {
        assertThat(control.request("POST", "/v1/log-levels/a")).contains("\r\nAllow: GET, HEAD, PUT, DELETE\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "GET /v1/da | The request ends within its head",
            "GET /v1/daemon HTTP/1.1\\r\\n | The request ends within its head",
            "GET /v1/daemon HTTP/1.1\\r\\nHost: d\\r\\nAcc | The request ends within its head",
            "PUT /v1/log-levels/x HTTP/1.1\\r\\nHost: d\\r\\nContent-Length: 5\\r\\n\\r\\nDEB | The body is shorter than its Content-Length",
    })
    void aRequestThatEndsTooEarly(String request, String detail) throws IOException {
        try (RawClient client = control.connect()) {
            client.send(request.replace("\\r", "\r").replace("\\n", "\n"));
            client.endOfInput();
            assertThat(client.readAll()).startsWith("HTTP/1.1 400 Bad Request\r\n").contains(detail);
        }
    }

    @Test
    void aHeadIsThatOfTheGet() throws IOException {
        for (String path : List.of("/v1/subsystems", "/v1/subsystems/b", "/v1/log-levels/a")) {
            String get = control.json("GET", path);
            assertThat(control.json("HEAD", path)).isEqualTo(get.substring(0, get.indexOf("\r\n\r\n") + 4));
        }
        assertThat(control.request("HEAD", "/v1/reload")).startsWith("HTTP/1.1 405 ").contains("\r\nAllow: POST\r\n")
                .endsWith("\r\n\r\n");
        assertThat(control.request("HEAD", "/v1/events"))
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void anotherRequestMayFollowOneThatWasRefusedOrAHead() throws IOException {
        try (RawClient client = control.connect()) {
            client.send("POST /v1/reload HTTP/1.1\r\nHost: d\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.answer()).startsWith("HTTP/1.1 400 ");
            client.send("HEAD /v1/daemon HTTP/1.1\r\nHost: d\r\n\r\n");
            while (!client.line().isEmpty()) {
                // The head is all.
            }
            client.send("GET /v1/daemon HTTP/1.1\r\nHost: d\r\nConnection: CLOSE\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 200 OK").contains("\r\nConnection: close\r\n", "daemon ");
        }
    }

    @Test
    void headersWithSeveralValues() throws IOException {
        assertThat(control.request("GET", "/v1/daemon", "Accept: application/json", "Accept: text/html"))
                .contains("\r\nContent-Type: application/json\r\n");
        assertThat(control.request("GET", "/v1/daemon", "Accept:\tapplication/json;q=0.1,\ttext/plain\t"))
                .contains("\r\nContent-Type: text/plain; charset=UTF-8\r\n");
    }

    @Test
    void aLineOrAHeadThatIsTooLong() throws IOException {
        String long8 = "x".repeat(RequestReader.HEAD);
        assertThat(control.send("GET /" + long8)).startsWith("HTTP/1.1 414 URI Too Long\r\n").contains("shorten the path");
        assertThat(control.send("GET /v1 HTTP/1.1\r\nHost: " + long8))
                .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n").contains("send fewer headers");
    }

    @Test
    void theLargestHeadAndTheLargestBody() throws IOException {
        String begin = "GET /v1/daemon HTTP/1.1\r\nHost: d\r\nConnection: close\r\nX: ";
        String largest = begin + "x".repeat(8 * 1024 - begin.length() - 4) + "\r\n\r\n";
        assertThat(control.send(largest)).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(control.send(largest.replace("X: ", "X: x"))).startsWith("HTTP/1.1 431 ");

        String body = "PUT /v1/log-levels/x HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Length: 65536\r\n\r\n";
        assertThat(control.send(body + "x".repeat(65_536))).startsWith("HTTP/1.1 400 ").contains("There is no such level");
    }

    @Test
    void aClientThatSendsTooMuchCanReadWhy() throws IOException {
        try (RawClient client = control.connect()) {
            client.send("PUT /v1/log-levels/x HTTP/1.1\r\nHost: d\r\nContent-Length: 500000\r\n\r\n" + "x".repeat(500_000));
            assertThat(client.readAll()).startsWith("HTTP/1.1 413 Content Too Large\r\n").doesNotContain("<reset>");
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (RawClient client = control.connect()) {
            for (int i = 0; i < 100; i++) {
                client.send("GET /v1/daemon HTTP/1.1\r\nHost: d\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200 OK\r\n").contains("daemon").doesNotContain("Connection");
            }
        }
    }

    @Test
    void requestsMayComeBeforeTheAnswerToTheFirst() throws IOException {
        try (RawClient client = control.connect()) {
            client.send("GET /v1/daemon HTTP/1.1\r\nHost: d\r\n\r\n".repeat(5)
                    + "GET /v1/daemon HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n");
            assertThat(client.readAll().split("HTTP/1.1 200 OK", -1)).hasSize(1 + 6);
        }
    }

    @Test
    void anOldClientGetsOneAnswer() throws IOException {
        assertThat(control.send("GET /v1/daemon HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nConnection: close\r\n");
    }

    @Test
    void aBodyThatIsAnnouncedIsAskedFor() throws IOException {
        try (RawClient client = control.connect()) {
            client.send("PUT /v1/log-levels/control.expect HTTP/1.1\r\nHost: d\r\nContent-Length: 4\r\n"
                    + "Expect: 100-Continue\r\nConnection: close\r\n\r\n");
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            client.send("WARN");
            assertThat(client.readAll()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("control.expect WARN\n");
        }
        control.request("DELETE", "/v1/log-levels/control.expect");
    }

    @Test
    void aClientTooManyIsAnsweredAndTheOthersGoOn() throws IOException {
        List<RawClient> streams = new ArrayList<>();
        try {
            for (int i = 0; i < Places.ALL; i++) {
                RawClient client = control.connect();
                streams.add(client);
                client.send("GET /v1/daemon HTTP/1.1\r\nHost: d\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200 OK");
            }
            assertThat(control.json("GET", "/v1/daemon")).startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("All 16 connections to the control socket are in use; close one and try again")
                    .contains("application/problem+json");
            streams.get(3).send("GET /v1/daemon HTTP/1.1\r\nHost: d\r\n\r\n");
            assertThat(streams.get(3).answer()).startsWith("HTTP/1.1 200 OK");
        } finally {
            for (RawClient client : streams) {
                client.close();
            }
        }
        ControlFixture.await("there is room again", () -> {
            try {
                return control.request("GET", "/v1/daemon").startsWith("HTTP/1.1 200 OK");
            } catch (IOException failed) {
                return false;
            }
        });
    }

    @Test
    void aRequestThatArrivesInPieces() throws IOException {
        try (RawClient client = control.connect()) {
            for (char letter : "GET /v1/daemon HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(letter));
            }
            assertThat(client.readAll()).startsWith("HTTP/1.1 200 OK");
        }
    }

    /** Ten seconds. */
    @Test
    void aRequestThatDoesNotArriveIsGivenUp() throws IOException {
        try (RawClient idle = control.connect(); RawClient slow = control.connect()) {
            slow.send("GET /v1/daemon HT");
            assertThat(slow.readAll()).startsWith("HTTP/1.1 408 Request Timeout\r\n").contains("within 10s");
            assertThat(idle.readAll()).isEmpty();
        }
    }
}
