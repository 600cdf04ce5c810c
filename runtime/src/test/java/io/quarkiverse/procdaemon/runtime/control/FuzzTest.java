package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random and mutated requests: whatever comes, no exception escapes, and no thread and no file stays open. */
class FuzzTest {

    private static final int CASES = Integer.getInteger("control.requests", 1_000);
    private static final List<String> SEEDS = List.of(
            "GET /v1/subsystems HTTP/1.1\r\nHost: d\r\nAccept: application/json\r\n\r\n",
            "GET /v1/subsystems/a?x=%20 HTTP/1.1\r\nHost: d\r\nConnection: close\r\n\r\n",
            "POST /v1/subsystems/a/restart?wait=false HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n",
            "PUT /v1/log-levels/fuzz HTTP/1.1\r\nHost: d\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nDEBUG",
            "POST /v1/drain?wait=1ms HTTP/1.1\r\nHost: d\r\n\r\nPOST /v1/resume HTTP/1.1\r\nHost: d\r\n\r\n",
            "GET /v1/events?from=1 HTTP/1.1\r\nHost: d\r\n\r\n",
            "POST /v1/reload HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    private static final String[] PIECES = { "\r\n", "\n", "\r", "\0", " ", ":", "%", "%00", "?", "&", "=", "/", "\u00ff",
            "Content-Length: 99999999999\r\n", "Content-Length: -1\r\n", "Host: e\r\n", "Expect: x\r\n", "HTTP/9.9",
            "Transfer-Encoding: x\r\n", "application/json", "\t", "\"", "x".repeat(9_000) };

    private final ConcurrentLinkedQueue<String> logged = new ConcurrentLinkedQueue<>();

    @Test
    @Timeout(600)
    void whateverComes() throws Exception {
        long seed = Long.getLong("control.seed", new Random().nextLong());
        System.out.println("Replay with -Dcontrol.seed=" + seed + " -Dcontrol.requests=" + CASES);
        Random random = new Random(seed);
        Logger log = Logger.getLogger("io.quarkiverse.procdaemon.runtime.control");
        Handler handler = new Capture();
        log.addHandler(handler);
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> logged.add(thread.getName() + ": " + failure));
        try (ControlFixture control = new ControlFixture(ControlFixture.idle("a"))) {
            control.engine.start();
            control.request("GET", "/v1/daemon");
            long files = files();
            for (int i = 0; i < CASES; i++) {
                try (RawClient client = control.connect()) {
                    send(client, random);
                }
            }
            assertThat(control.request("GET", "/v1/daemon")).as("seed %d", seed).startsWith("HTTP/1.1 200 OK");
            assertThat(logged).as("seed %d", seed).isEmpty();
            ControlFixture.await("all connections are closed", () -> files() <= files);
            ControlFixture.await("all threads but one are gone", () -> ControlFixture.threads().size() == 1);
        } finally {
            log.removeHandler(handler);
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** Most clients say that they have no more and read the answer; some just go. */
    private static void send(RawClient client, Random random) throws IOException {
        try {
            client.send(request(random));
            if (random.nextInt(4) > 0) {
                client.endOfInput();
                client.readAll();
            }
        } catch (IOException refused) {
            // Closed by the server before all was sent.
        }
    }

    private static byte[] request(Random random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(20_000)];
            random.nextBytes(noise);
            return noise;
        }
        StringBuilder request = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(request.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> request.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> request.delete(at, Math.min(request.length(), at + random.nextInt(10)));
                case 2 -> request.insert(at, (char) random.nextInt(256));
                default -> request.setLength(Math.max(1, at));
            }
        }
        return request.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long files() {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException unknown) {
            return 0;
        }
    }

    private final class Capture extends Handler {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                logged.add(entry.getMessage() + " " + entry.getThrown());
            }
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }
}
