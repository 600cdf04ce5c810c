package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals to the daemon are kept for it if they come before it is ready. */
class EarlySignalsIT {

    /** Loaded when the signal is about to be held; what is loaded next comes after that. */
    private static final String HELD = "HeldSignals\\$\\$Lambda.*\n(.*\n)*?.* io\\.(quarkus|smallrye)\\.";

    @TempDir
    Path directory;

    /** As if it came during the start, with the reason and the exit code of any other. */
    @Test
    void oneThatEndsTheProcessDoesSoInOrder() throws Exception {
        Assumptions.assumeTrue(System.getProperty("collector.program").endsWith(".jar"), "a native executable loads nothing");
        try (DaemonProcess daemon = Ending.launch(directory).withVmOptions("-Xlog:class+load")
                .with("quarkus.proc-daemon.shutdown.signal-exit-code", "7").start()) {
            daemon.awaitLog(HELD);
            assertThat(daemon.log()).doesNotContain("DaemonLifecycle ");
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(7, Ending.BOUND);

            Report report = ending.says("signal TERM", 7, Map.of("journal", "NONE", "ingest", "NONE", "tally", "NONE"));
            assertThat(report.isDuringStart()).isTrue();
            assertThat(daemon.log()).contains("The signal TERM came before the daemon was ready for it and is handled now",
                    "line-collector is shutting down: signal TERM (exit code 7), before it has started");
        }
    }

    @Test
    void theyDoNotEndTheProcessAndAreHandledLater() throws Exception {
        Assumptions.assumeTrue(System.getProperty("collector.program").endsWith(".jar"), "a native executable loads nothing");
        try (DaemonProcess daemon = Ending.launch(directory).withVmOptions("-Xlog:class+load").start()) {
            daemon.awaitLog(HELD);
            daemon.signal("HUP");
            daemon.signal("USR1");
            assertThat(daemon.log()).doesNotContain("DaemonLifecycle ");

            daemon.httpPort();
            daemon.awaitLog("The signal HUP came before the daemon was ready for it and is handled now");
            daemon.awaitLog("The signal USR1 came before the daemon was ready for it and is handled now");
            daemon.awaitLog("Configuration unchanged");
            daemon.awaitLog("Wrote a thread dump to .* \\(signal USR1\\)");
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
    }
}
