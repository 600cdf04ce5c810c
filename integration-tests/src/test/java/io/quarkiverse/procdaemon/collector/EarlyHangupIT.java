package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A HUP that comes before the daemon is ready is kept for it. */
class EarlyHangupIT {

    /** Loaded when the signal is about to be held; what is loaded next comes after that. */
    private static final String HELD = "HeldHangup\\$\\$Lambda.*\n(.*\n)*?.* io\\.(quarkus|smallrye)\\.";

    @TempDir
    Path directory;

    @Test
    void itDoesNotEndTheProcessAndIsHeardLater() throws Exception {
        Assumptions.assumeTrue(System.getProperty("collector.program").endsWith(".jar"), "a native executable loads nothing");
        try (DaemonProcess daemon = Ending.launch(directory).withVmOptions("-Xlog:class+load").start()) {
            daemon.awaitLog(HELD);
            daemon.signal("HUP");
            assertThat(daemon.log()).doesNotContain("DaemonLifecycle ");

            daemon.httpPort();
            daemon.awaitLog("The signal HUP came before the daemon was ready for it and is handled now");
            daemon.awaitLog("Configuration unchanged");
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
    }
}
