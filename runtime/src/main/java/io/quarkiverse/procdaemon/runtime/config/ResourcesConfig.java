package io.quarkiverse.procdaemon.runtime.config;

import java.time.Duration;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;

/** Samples of what the process uses, and soft limits of it. Changes apply at once. */
@ConfigGroup
public interface ResourcesConfig {

    /** What happens when the process has used more than a soft limit allows. */
    enum OnLimit {
        /** The log warns, and the event is fired. */
        WARN,
        /** The daemon shuts down as well, with exit code 1. */
        SHUTDOWN
    }

    /**
     * The time between two samples of what the process uses. The first is taken that long after the start.
     */
    @WithDefault("10s")
    Duration interval();

    /**
     * The number of samples that {@code Daemon.resourceHistory()} returns. With 0 and without soft limits nothing is sampled,
     * and the meters {@code proc.daemon.resource.*} have no value.
     */
    @WithDefault("60")
    int history();

    /**
     * The soft limit of the heap that is still in use after a collection: bytes, with a suffix K, M or G if you like, or a
     * percentage of the maximum size of the heap, such as {@code 85%}.
     */
    @ConfigDocDefault("none")
    Optional<String> heapSoftLimit();

    /**
     * The soft limit of the working set: what the container (cgroup) uses without file pages that the kernel can drop, or the
     * resident set of the process if no container limits its memory. Bytes, with a suffix K, M or G if you like, or a
     * percentage of the container's limit, such as {@code 90%}, which has no effect without such a limit.
     */
    @ConfigDocDefault("none")
    Optional<String> memorySoftLimit();

    /**
     * What happens when three samples in a row exceed a soft limit. {@code warn}: the log warns, and the CDI event
     * {@code ResourceLimitExceeded} is fired; {@code shutdown}: the daemon shuts down as well, with exit code 1, while there is
     * still memory to do it in order.
     */
    @WithDefault("warn")
    OnLimit onLimit();
}
