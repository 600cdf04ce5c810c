package io.quarkiverse.procdaemon.runtime.resources;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.runtime.config.MemoryAmount;
import io.quarkiverse.procdaemon.runtime.config.ResourcesConfig;

/** The two soft limits. Confined to one thread at a time. */
class SoftLimits implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    static final String HEAP = "heap";
    static final String MEMORY = "memory";

    private final Supplier<OptionalLong> workingSet;
    private final LimitWatch heap = new LimitWatch();
    private final LimitWatch memory = new LimitWatch();
    private @Nullable LiveHeap live;
    /** Those that cannot be exceeded, as the log has said. */
    private final Set<String> inVain = new HashSet<>();

    SoftLimits() {
        this(new ContainerMemory(Path.of("/"))::workingSet);
    }

    /** @param workingSet that of the container; empty if no container limits the memory */
    SoftLimits(Supplier<OptionalLong> workingSet) {
        this.workingSet = workingSet;
    }

    /** One more sample. What has changed is said to {@code changed}, with the resource. */
    void compare(ResourceUsage usage, ResourcesConfig config, BiConsumer<String, LimitWatch.Change> changed) {
        OptionalLong heapLimit = limit(config.heapSoftLimit(), usage.heapMax());
        if (heapLimit.isPresent() || live != null) {
            notice(HEAP, heap.sample(liveHeap(), heapLimit), changed);
        }
        if (heapLimit.isEmpty()) {
            close();
        }
        warnIfInVain("heap-soft-limit", config.heapSoftLimit(), heapLimit, usage.heapMax(), true);
        OptionalLong memoryLimit = limit(config.memorySoftLimit(), usage.memoryLimit());
        OptionalLong used = memoryLimit.isEmpty() ? OptionalLong.empty() : workingSet.get();
        if (used.isEmpty()) {
            used = usage.residentSet();
        }
        notice(MEMORY, memory.sample(used, memoryLimit), changed);
        warnIfInVain("memory-soft-limit", config.memorySoftLimit(), memoryLimit, usage.memoryLimit(), used.isPresent());
    }

    private static OptionalLong limit(Optional<String> configured, OptionalLong whole) {
        MemoryAmount amount = configured.map(MemoryAmount::parse).orElse(null);
        return amount == null ? OptionalLong.empty() : amount.of(whole);
    }

    /** Once for each value. */
    private void warnIfInVain(String key, Optional<String> configured, OptionalLong limit, OptionalLong most,
            boolean isUseKnown) {
        String why = limit.isEmpty() ? "there is nothing that it is a percentage of; set a number of bytes, as in 512M"
                : most.isPresent() && limit.getAsLong() > most.getAsLong()
                        ? "the process cannot use more than " + most.getAsLong() + " bytes; lower it"
                        : isUseKnown ? null : "this system does not tell how much memory the process uses; remove the key";
        if (configured.isPresent() && why != null && inVain.add(key + "=" + configured.get())) {
            LOG.warnf("quarkus.proc-daemon.resources.%s=%s has no effect: %s", key, configured.get(), why);
        }
    }

    private OptionalLong liveHeap() {
        try {
            if (live == null) {
                live = new LiveHeap();
            }
            return live.read();
        } catch (LinkageError missing) {
            return OptionalLong.empty();
        }
    }

    private static void notice(String resource, LimitWatch.@Nullable Change change,
            BiConsumer<String, LimitWatch.Change> changed) {
        if (change != null) {
            changed.accept(resource, change);
        }
    }

    /** Which of them is exceeded; null if none is. */
    @Nullable
    String exceeded() {
        return heap.isExceeded() ? HEAP : memory.isExceeded() ? MEMORY : null;
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
            live = null;
        }
    }
}
