package io.quarkiverse.procdaemon.runtime.resources;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.runtime.config.ResourcesConfig;
import io.quarkiverse.procdaemon.runtime.config.ResourcesConfig.OnLimit;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.ResourceReader;
import io.quarkiverse.procdaemon.runtime.engine.events.News;

/**
 * Samples what the process uses, keeps the last samples, and compares them with the soft limits. It has no thread: the daemon's
 * timer has each sample taken on a thread that it has for such things, and only after that the next one is due. Any thread may
 * call the public methods.
 */
public final class ResourceMonitor implements DaemonService, ResourceReader {

    private static final Logger LOG = Logger.getLogger(ResourceMonitor.class);
    private static final String THREAD = "proc-daemon-resources";

    private final Supplier<ResourcesConfig> config;
    private final Supplier<ResourceUsage> source;
    /** Held by the sample that is being taken. The end must not wait for that: it may wait for a class to be loaded. */
    private final Lock sampling = new ReentrantLock();
    /** Made for the first limit. Guarded by {@link #sampling}. */
    private @Nullable SoftLimits limits;
    private volatile List<ResourceUsage> history = List.of();
    /** Whose limit is exceeded. */
    private volatile @Nullable String exceeded;
    private @Nullable DaemonInternals daemon;
    /** Of the sample that is due; null if none is. */
    private @Nullable Duration interval;
    /** Which sample is due: what was armed before does nothing. */
    private long due;
    private volatile boolean ended;

    /** @param config what is configured now */
    public ResourceMonitor(Supplier<ResourcesConfig> config) {
        this.config = config;
        this.source = new OnDemand();
    }

    ResourceMonitor(Supplier<ResourcesConfig> config, Supplier<ResourceUsage> source, SoftLimits limits) {
        this.config = config;
        this.source = source;
        this.limits = limits;
    }

    /** So that its classes are not loaded before. */
    private static final class OnDemand implements Supplier<ResourceUsage> {

        private @Nullable ProcessResources resources;

        @Override
        public ResourceUsage get() {
            return resources().get();
        }

        private synchronized ProcessResources resources() {
            if (resources == null) {
                resources = new ProcessResources();
            }
            return resources;
        }
    }

    @Override
    public ResourceUsage read() {
        return source.get();
    }

    @Override
    public List<ResourceUsage> history() {
        return history;
    }

    @Override
    public synchronized void begin(DaemonInternals itsDaemon) {
        daemon = itsDaemon;
        arm();
    }

    /** The configuration has changed: another interval begins now. */
    public synchronized void configurationChanged() {
        if (!config.get().interval().equals(interval)) {
            arm();
        }
    }

    private synchronized void arm() {
        ResourcesConfig now = config.get();
        interval = null;
        due++;
        if (daemon != null && !ended && isNeeded(now)) {
            interval = now.interval();
            long mine = due;
            daemon.later(interval, THREAD, () -> sample(mine));
        }
    }

    /** Also once more if there was something: the sample that forgets it, and says that a limit is exceeded no more. */
    private boolean isNeeded(ResourcesConfig config) {
        return config.history() > 0 || config.heapSoftLimit().isPresent() || config.memorySoftLimit().isPresent()
                || exceeded != null || !history.isEmpty();
    }

    private synchronized boolean isDue(long sample) {
        return due == sample && !ended;
    }

    private void sample(long mine) {
        if (!isDue(mine)) {
            return;
        }
        sampling.lock();
        try {
            ResourcesConfig now = config.get();
            ResourceUsage usage = read();
            keep(usage, now.history());
            compare(usage, now);
        } catch (RuntimeException odd) {
            LOG.debug("What the process uses cannot be read; it is tried again at the next sample", odd);
        } finally {
            sampling.unlock();
            synchronized (this) {
                if (isDue(mine)) {
                    arm();
                }
            }
            closeIfEnded();
        }
    }

    private void keep(ResourceUsage usage, int most) {
        List<ResourceUsage> next = new ArrayList<>(history);
        next.add(usage);
        history = List.copyOf(next.subList(Math.max(0, next.size() - most), next.size()));
    }

    private void compare(ResourceUsage usage, ResourcesConfig now) {
        if (limits == null) {
            if (now.heapSoftLimit().isEmpty() && now.memorySoftLimit().isEmpty()) {
                return;
            }
            limits = new SoftLimits();
        }
        boolean shutsDown = now.onLimit() == OnLimit.SHUTDOWN;
        limits.compare(usage, now, (limited, change) -> tell(limited, change, shutsDown));
        String resource = limits.exceeded();
        exceeded = resource;
        if (shutsDown && resource != null) {
            daemon.shutdown(1, new ShutdownReason.ResourceExhausted(resource), true);
        }
    }

    private void tell(String resource, LimitWatch.Change change, boolean shutsDown) {
        daemon.tell(change.exceeded()
                ? new News.LimitExceeded(new ResourceLimitExceeded(resource, change.used(), change.limit(), Instant.now()),
                        shutsDown)
                : new News.LimitCleared(new ResourceLimitCleared(resource, change.used(), change.limit(), Instant.now())));
    }

    @Override
    public void end() {
        ended = true;
        closeIfEnded();
    }

    /** Or the sample that is being taken does it. */
    private void closeIfEnded() {
        if (ended && sampling.tryLock()) {
            try {
                if (limits != null) {
                    limits.close();
                }
            } finally {
                sampling.unlock();
            }
        }
    }
}
