package io.quarkiverse.procdaemon.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.ResourceUsage;

/** What is read on Linux, of files that are made up and of this process, and what is left elsewhere. */
class ProcessResourcesTest {

    @TempDir
    Path root;

    private void proc(String file, String content) throws IOException {
        Path directory = Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(directory.resolve(file), content);
    }

    @Test
    void theFilesOfLinux() throws IOException {
        proc("status", "Name:\tjava\nVmHWM:\t  900 kB\nVmRSS:\t  2048 kB\nThreads:\t27\n");
        proc("limits", "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max file size             unlimited            unlimited            bytes\n"
                + "Max open files            1024                 524288               files\n");
        Path fd = Files.createDirectories(root.resolve("proc/self/fd"));
        for (int i = 0; i < 8; i++) {
            Files.createFile(fd.resolve(Integer.toString(i)));
        }
        ResourceUsage usage = new ProcessResources(root).get();
        assertThat(usage.residentSet()).hasValue(2048 << 10);
        assertThat(usage.threads()).isEqualTo(27);
        assertThat(usage.openFiles()).hasValue(7);
        assertThat(usage.maxOpenFiles()).hasValue(1024);
        assertThat(usage.memoryLimit()).isEmpty();
    }

    @Test
    void whatLinuxDoesNotSayIsEmpty() throws IOException {
        proc("status", "Name:\tjava\n");
        proc("limits", "Max open files            unlimited            unlimited            files\n");
        ResourceUsage usage = new ProcessResources(root).get();
        assertThat(usage.residentSet()).isEmpty();
        assertThat(usage.openFiles()).isEmpty();
        assertThat(usage.maxOpenFiles()).isEmpty();
        assertThat(usage.threads()).isPositive();
    }

    @Test
    void elsewhereTheBeansOfTheJvmTell() {
        ResourceUsage usage = new ProcessResources(root).get();
        assertThat(usage.residentSet()).isEmpty();
        assertThat(usage.memoryLimit()).isEmpty();
        assertThat(usage.threads()).isPositive();
        assertThat(usage.heapUsed()).isPositive();
        assertThat(usage.heapMax()).hasValue(Runtime.getRuntime().maxMemory());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisProcess() throws IOException {
        ProcessResources resources = new ProcessResources();
        long before = resources.get().openFiles().orElseThrow();
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            open.add(Files.newInputStream(Path.of("/proc/self/status")));
        }
        ResourceUsage usage = resources.get();
        for (InputStream each : open) {
            each.close();
        }
        // Others of this JVM may open and close files meanwhile.
        assertThat(usage.openFiles().orElseThrow()).isBetween(before + 100, before + 300);
        assertThat(usage.maxOpenFiles().orElseThrow()).isGreaterThan(usage.openFiles().getAsLong());
        assertThat(usage.residentSet().orElseThrow()).isGreaterThan(usage.heapUsed() / 4);
        assertThat(usage.threads()).isGreaterThan(1);
    }

    private static final class Readings implements CpuLoad.Source {
        private long nanos;
        private OptionalLong used = OptionalLong.of(0);
        private OptionalLong age = OptionalLong.of(0);

        @Override
        public OptionalLong used() {
            return used;
        }

        @Override
        public OptionalLong age() {
            return age;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public int processors() {
            return 4;
        }
    }

    @Test
    void theLoadIsThatSinceThePreviousReading() {
        Readings readings = new Readings();
        CpuLoad load = new CpuLoad(readings);
        assertThat(load.read()).as("just begun").isEqualTo(OptionalDouble.empty());
        readings.age = OptionalLong.of(2_000_000_000L);
        readings.used = OptionalLong.of(4_000_000_000L);
        assertThat(load.read()).as("since the process began").hasValue(0.5);
        readings.nanos += 500_000_000L;
        readings.used = OptionalLong.of(5_000_000_000L);
        assertThat(load.read()).as("too soon").hasValue(0.5);
        readings.nanos += 500_000_000L;
        assertThat(load.read()).as("a second later").hasValue(0.25);
        readings.nanos += 1_000_000_000L;
        readings.used = OptionalLong.of(50_000_000_000L);
        assertThat(load.read()).as("more than there is").hasValue(1);
        readings.used = OptionalLong.empty();
        assertThat(load.read()).as("unknown").isEqualTo(OptionalDouble.empty());
    }
}
