package io.quarkiverse.procdaemon.runtime.resources;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How much of the available processors the process has used since the previous reading. */
final class CpuLoad {

    /** The system counts in hundredths of a second. */
    private static final long LEAST = Duration.ofSeconds(1).toNanos();

    private final Source source;
    private boolean first = true;
    private long lastAt;
    private long lastUsed;
    private OptionalDouble last = OptionalDouble.empty();

    /** What it is computed from. Durations are in nanoseconds. */
    interface Source {

        /** The processor time that the process has used. */
        OptionalLong used();

        /** How long ago the process began. */
        OptionalLong age();

        long nanos();

        int processors();

        static Source ofThisProcess() {
            return new ThisProcess();
        }
    }

    CpuLoad(Source source) {
        this.source = source;
    }

    synchronized OptionalDouble read() {
        OptionalLong used = source.used();
        long now = source.nanos();
        if (used.isEmpty()) {
            return OptionalDouble.empty();
        }
        long took = first ? source.age().orElse(0) : now - lastAt;
        if (took >= LEAST) {
            double share = (double) (used.getAsLong() - lastUsed) / took / source.processors();
            last = OptionalDouble.of(Math.max(0, Math.min(1, share)));
            first = false;
            lastAt = now;
            lastUsed = used.getAsLong();
        }
        return last;
    }

    private static final class ThisProcess implements Source {

        @Override
        public OptionalLong used() {
            return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos).map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
        }

        @Override
        public OptionalLong age() {
            return ProcessHandle.current().info().startInstant()
                    .map(start -> OptionalLong.of(Duration.between(start, Instant.now()).toNanos()))
                    .orElse(OptionalLong.empty());
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public int processors() {
            return Runtime.getRuntime().availableProcessors();
        }
    }
}
