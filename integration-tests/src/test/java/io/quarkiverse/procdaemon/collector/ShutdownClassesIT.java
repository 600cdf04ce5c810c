package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shutdown finds its classes loaded, whatever state the JVM is in by then. */
class ShutdownClassesIT {

    private static final String OURS = "io.quarkiverse.procdaemon.";
    /** What the JVM itself needs for its first signal. */
    private static final String SIGNAL = "jdk.internal.misc.Signal$1 ";
    private static final String APPLICATION = OURS + "collector.";

    @TempDir
    Path directory;

    @BeforeAll
    static void onTheJvm() {
        Assumptions.assumeTrue(System.getProperty("collector.program").endsWith(".jar"), "a native executable loads nothing");
    }

    @Test
    void aGracefulShutdownLoadsNoClassOfOurs() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            Ending ending = end(daemon);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
        assertThat(loadedSinceTheSignal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({ "WAIT, FORCED", "IGNORE_INTERRUPTS, ABANDONED" })
    void anInterruptAndGivingUpLoadNoClassOfOurs(String fault, String end) throws Exception {
        try (DaemonProcess daemon = launch().withFault("serve", fault).up()) {
            Preparation.awaitMet(daemon, "serve=" + fault);
            Ending ending = end(daemon);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of("ingest", end, "journal", "FORCED"));
        }
        assertThat(loadedSinceTheSignal()).isEmpty();
    }

    @Test
    void aKillLoadsNoClassOfOurs() throws Exception {
        try (DaemonProcess daemon = watched(Ending.patient(directory)).withFault("serve", "IGNORE_INTERRUPTS").up()) {
            Preparation.awaitMet(daemon, "serve=IGNORE_INTERRUPTS");
            end(daemon);
            daemon.awaitLog("ingest#1 RUNNING -> STOPPING: ");
            Ending.byNextOrder(Trigger.TERM, daemon, directory);
            daemon.awaitLog("An interrupt is ignored");
            Ending.byNextOrder(Trigger.TERM, daemon, directory).exits(137, Ending.BOUND);
        }
        assertThat(loadedSinceTheSignal()).isEmpty();
    }

    private DaemonProcess.Launch launch() {
        return watched(Ending.launch(directory));
    }

    private DaemonProcess.Launch watched(DaemonProcess.Launch launch) {
        // The first question of a health check may come while it ends, and is no part of that.
        return launch.with("quarkus.proc-daemon.subsystem.health.interval", "1h")
                .withVmOptions("-Xlog:class+load:file=" + classes());
    }

    private Path classes() {
        return directory.resolve("classes.txt");
    }

    private Ending end(DaemonProcess daemon) throws Exception {
        daemon.awaitLog("Loaded the classes that a shutdown needs");
        return Ending.by(Trigger.TERM, daemon, directory);
    }

    private List<String> loadedSinceTheSignal() throws IOException {
        List<String> lines = Files.readAllLines(classes()).stream().map(line -> line.replaceFirst("^(\\[[^]]*])+ ", ""))
                .toList();
        int signal = lines.indexOf(lines.stream().filter(line -> line.startsWith(SIGNAL)).findFirst().orElseThrow());
        assertThat(lines.subList(0, signal)).anyMatch(ShutdownClassesIT::isOurs);
        return lines.subList(signal, lines.size()).stream().filter(ShutdownClassesIT::isOurs).toList();
    }

    private static boolean isOurs(String line) {
        return line.startsWith(OURS) && !line.startsWith(APPLICATION);
    }
}
