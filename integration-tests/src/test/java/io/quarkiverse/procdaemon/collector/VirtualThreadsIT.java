package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Explicitly configured virtual threads. */
class VirtualThreadsIT {

    /** A native executable is built with a JDK that has them. */
    private static final boolean AVAILABLE = !System.getProperty("collector.program").endsWith(".jar")
            || Runtime.version().feature() >= 21;

    @TempDir
    Path directory;

    @Test
    void areUsedWhereThereAreSomeAndElseRefused() throws Exception {
        DaemonProcess.Launch launch = DaemonProcess.on(directory.resolve("lines.log"))
                .with("quarkus.proc-daemon.subsystem.thread", "virtual");
        try (DaemonProcess daemon = launch.start()) {
            if (AVAILABLE) {
                try (LineClient client = daemon.connect()) {
                    assertThat(client.send("one\n").answer()).isEqualTo("OK 1");
                }
            } else {
                assertThat(daemon.awaitExit()).isEqualTo(1);
                assertThat(daemon.log()).contains("PD-1002: ",
                        "quarkus.proc-daemon.subsystem.thread is 'virtual', but this JVM");
            }
        }
    }
}
