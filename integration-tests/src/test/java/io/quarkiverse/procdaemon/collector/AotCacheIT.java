package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the guide: one run writes a cache of what the JVM has read and linked, and others start from it. */
class AotCacheIT {

    /** The process that wrote the cache has to wait for the one that packs it. */
    private static final Duration PACKED = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void theCollectorStartsFromItsCacheAndEndsAsEver() throws Exception {
        assumeTrue(System.getProperty("collector.program").endsWith(".jar"), "a native executable needs no cache");
        assumeTrue(Runtime.version().feature() >= 25, "one option writes the cache since Java 25");
        Path cache = directory.resolve("app.aot");
        String log = run("-XX:AOTCacheOutput=" + cache);
        assertThat(cache).as(log).isNotEmptyFile();

        Path classes = directory.resolve("classes.txt");
        run("-XX:AOTCache=" + cache, "-XX:AOTMode=on", "-Xlog:class+load:file=" + classes);
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("io.quarkiverse.procdaemon.runtime.engine.Engine source: shared objects file"));
    }

    private String run(String... options) throws Exception {
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).withoutClassArchive()
                .withVmOptions(options).up()) {
            daemon.awaitLog("ingest#1 STARTING -> RUNNING");
            daemon.terminate();
            assertThat(daemon.awaitExit(PACKED)).as(daemon.log()).isEqualTo(143);
            assertThat(daemon.log()).contains("line-collector has shut down in");
            return daemon.log();
        }
    }
}
