package io.quarkiverse.procdaemon.runtime.resources;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
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
    /** The limit that cannot be reached, as the log has said. */
    private @Nullable String inVain;

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
            sayIfInVain("heap-soft-limit", config.heapSoftLimit().orElse(""), heapLimit, usage.heapMax());
            notice(HEAP, heap.sample(liveHeap(), heapLimit), changed);
            if (heapLimit.isEmpty()) {
                close();
            }
        }
        OptionalLong memoryLimit = limit(config.memorySoftLimit(), usage.memoryLimit());
        if (config.memorySoftLimit().isPresent()) {
            sayIfInVain("memory-soft-limit", config.memorySoftLimit().get(), memoryLimit, usage.memoryLimit());
        }
        OptionalLong used = memoryLimit.isEmpty() ? OptionalLong.empty() : workingSet.get();
        notice(MEMORY, memory.sample(used.isPresent() ? used : usage.residentSet(), memoryLimit), changed);
    }

    private static OptionalLong limit(Optional<String> configured, OptionalLong whole) {
        MemoryAmount amount = configured.map(MemoryAmount::parse).orElse(null);
        return amount == null ? OptionalLong.empty() : amount.of(whole);
    }

    /** Once for each value. */
    private void sayIfInVain(String key, String value, OptionalLong limit, OptionalLong most) {
        boolean unknown = limit.isEmpty() && !value.isEmpty();
        if (!unknown && !(limit.isPresent() && most.isPresent() && limit.getAsLong() > most.getAsLong())
                || (key + value).equals(inVain)) {
            return;
        }
        inVain = key + value;
        if (unknown) {
            LOG.warnf("quarkus.proc-daemon.resources.%s=%s has no effect: there is nothing that it is a percentage of; set a"
                    + " number of bytes, as in 512M", key, value);
        } else {
            LOG.warnf("quarkus.proc-daemon.resources.%s=%s has no effect: the process cannot use more than %d bytes; lower it",
                    key, value, most.getAsLong());
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
