package io.quarkiverse.procdaemon.deployment.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Diagnostics;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** What an application gets when it injects {@link Diagnostics}. */
@Timeout(120)
class DiagnosticsTest {

    private static final Path DIRECTORY = Path.of("target", "diagnostics-" + ProcessHandle.current().pid()).toAbsolutePath();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(Pump.class))
            .overrideConfigKey("quarkus.application.name", "pumps")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.dump.directory", DIRECTORY.toString());

    @Subsystem("pump")
    static class Pump {

        static final CountDownLatch ENTERED = new CountDownLatch(1);

        @Run
        void pumpWater(ShutdownHandle shutdown) throws InterruptedException {
            ENTERED.countDown();
            shutdown.await();
        }
    }

    @Inject
    Diagnostics diagnostics;

    @Inject
    Daemon daemon;

    @Test
    void aThreadDumpShowsTheSubsystemsAndTheThreads() throws Exception {
        assertThat(Pump.ENTERED.await(20, TimeUnit.SECONDS)).isTrue();
        Path dump = diagnostics.threadDump();
        assertThat(dump.getParent()).isEqualTo(DIRECTORY);
        assertThat(dump.getFileName().toString()).matches("pumps-threads-\\d{8}T\\d{6}\\.\\d{3}Z-\\d+\\.txt");
        assertThat(dump).content().contains("The daemon is RUNNING. Subsystems: 1 RUNNING.", "pump: RUNNING for ",
                "in its body for ", "DiagnosticsTest$Pump.pumpWater(", "\"proc-daemon-loop\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(DIRECTORY))).isEqualTo("rwx------");
    }

    @Test
    void aHeapDumpHasTheFormatOfHprof() throws Exception {
        Path dump = diagnostics.heapDump();
        try {
            assertThat(dump.getFileName().toString()).matches("pumps-heap-.*\\.hprof");
            byte[] head = new byte[18];
            try (var in = Files.newInputStream(dump)) {
                assertThat(in.read(head)).isEqualTo(head.length);
            }
            assertThat(new String(head, 0, 12)).isEqualTo("JAVA PROFILE");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump))).isEqualTo("rw-------");
        } finally {
            Files.delete(dump);
        }
    }

    @Test
    void aRecordingEndsByItselfAndCanBeRead() throws Exception {
        Path recording = diagnostics.record(Duration.ofMillis(500), "default").toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(recording.getFileName().toString()).matches("pumps-recording-.*\\.jfr");
        assertThat(jdk.jfr.consumer.RecordingFile.readAllEvents(recording)).isNotEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(recording))).isEqualTo("rw-------");
    }

    @Test
    void wrongArgumentsAreRefusedInWords() {
        assertThatThrownBy(() -> diagnostics.record(Duration.ofSeconds(1), "fast")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are no settings 'fast' for recordings; known settings: default, profile");
        assertThatThrownBy(() -> diagnostics.record(Duration.ZERO, "default")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The duration of a recording has to be more than zero and at most a day, not 0s");
        assertThatThrownBy(() -> diagnostics.record(Duration.ofHours(25), "default"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The duration of a recording has to be more than zero and at most a day, not 1500m");
    }

    @Test
    void theDaemonTellsWhatTheProcessUses() {
        ResourceUsage usage = daemon.resources();
        assertThat(usage.heapUsed()).isPositive();
        assertThat(usage.threads()).isPositive();
    }
}
