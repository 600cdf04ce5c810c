package io.quarkiverse.procdaemon.bench.run;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where the figures come from.
 *
 * @param cores that this JVM may use
 * @param os its name and version
 * @param arch of the processor
 * @param memory of the machine, or of the container if that has less, in MiB
 * @param cpu its model, or {@code unknown}
 */
record Machine(int cores, String os, String arch, long memory, String cpu) {

    private static final String UNKNOWN = "unknown";

    /** The one this runs on. */
    static Machine here() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(Runtime.getRuntime().availableProcessors(), system.getName() + " " + system.getVersion(),
                system.getArch(), system.getTotalMemorySize() >> 20, model());
    }

    private static String model() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(UNKNOWN);
        }
    }
}
