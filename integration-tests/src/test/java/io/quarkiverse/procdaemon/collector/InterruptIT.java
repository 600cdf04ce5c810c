package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C. */
class InterruptIT {

    @TempDir
    Path directory;

    @Test
    void stopsInOrderAndSoon() throws Exception {
        // A test run in the background of a shell ignores SIGINT, and so would its children.
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).through("env", "--default-signal=INT")
                .up();
                LineClient idle = daemon.connect()) {
            assertThat(idle.send("one\n").answer()).isEqualTo("OK 1");

            long signalled = System.nanoTime();
            daemon.signal("INT");
            assertThat(idle.answer()).isNull();
            int exitCode = daemon.awaitExit(Duration.ofSeconds(5));
            Duration took = Duration.ofNanos(System.nanoTime() - signalled);

            assertThat(exitCode).isEqualTo(130);
            daemon.assertStoppedInOrder();
            System.out.printf("From SIGINT to the end of the process: %d ms%n", took.toMillis());
        }
    }
}
