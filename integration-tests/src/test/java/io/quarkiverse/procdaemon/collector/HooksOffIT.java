package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector has no hooks unless they are enabled at its start. */
class HooksOffIT {

    @TempDir
    Path directory;

    @Test
    void thereIsNoWayToMakeItFail() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).withFault("append", "FAIL").up();
                LineClient client = daemon.connect()) {
            DaemonHttp http = daemon.http();

            assertThat(http.send("GET", "/test-hooks/subsystems").statusCode()).isEqualTo(404);
            assertThat(http.send("PUT", "/test-hooks/subsystems/late").statusCode()).isEqualTo(404);
            assertThat(http.send("POST", "/test-hooks/subsystems/ingest/restart").statusCode()).isEqualTo(404);
            assertThat(http.send("PUT", "/test-hooks/faults/append?fault=FAIL").statusCode()).isEqualTo(404);
            assertThat(http.send("POST", "/test-hooks/shutdown/7").statusCode()).isEqualTo(404);
            assertThat(http.send("POST", "/test-hooks/async-exit/7").statusCode()).isEqualTo(404);
            assertThat(http.send("POST", "/test-hooks/drain").statusCode()).isEqualTo(404);
            assertThat(http.send("POST", "/test-hooks/resume").statusCode()).isEqualTo(404);
            assertThat(http.send("GET", "/test-hooks/held").statusCode()).isEqualTo(404);
            assertThat(client.send("one\n").answer()).isEqualTo("OK 1");
        }
    }
}
