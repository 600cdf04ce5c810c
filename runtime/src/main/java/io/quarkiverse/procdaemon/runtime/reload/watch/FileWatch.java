package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;

/**
 * Calls back when the content of one of a set of files has changed.
 * <p>
 * A file that is gone or has become empty is taken for one that is being written, and reported only if it is still so five
 * debounces later; the change of another file waits for it, as long at most.
 */
public final class FileWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FileWatch.class);
    private static final Duration LONGEST = Duration.ofDays(1);
    /** How long {@link #close} waits for the thread. */
    private static final long JOIN_MILLIS = 1000;

    private final List<Path> files;
    private final long quiet;
    private final long poll;
    private final Consumer<Set<Path>> changed;
    private final Supplier<Lookout> opening;
    private final ContentReader reader;
    private final Debounce debounce;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Lookout lookout;
    private Reported reported;
    private Map<Spot, Content> seen;
    private boolean polls;
    private long looked;
    private Thread thread;

    /**
     * @param files what to watch, existing or not: regular files, or directories, which stand for all regular files directly in
     *        them; links are followed
     * @param debounce how long it must be quiet after an event before anybody is called; after five times as long it is taken
     *        as quiet whatever happens. Positive, at most a day
     * @param poll how often to look at the files if the system has no events for all of them, or one cannot be read. Positive,
     *        at most a day
     * @param changed is called with those of the files whose content is another than when it was last reported (at first: when
     *        this was started), one call after the other, on the thread of the watch. What it throws is logged
     * @throws IllegalArgumentException if a duration is none of these
     */
    public FileWatch(Collection<Path> files, Duration debounce, Duration poll, Consumer<Set<Path>> changed) {
        this(files, debounce, poll, changed, () -> Events.open(FileSystems.getDefault()::newWatchService));
    }

    FileWatch(Collection<Path> files, Duration debounce, Duration poll, Consumer<Set<Path>> changed,
            Supplier<Lookout> opening) {
        this.files = List.copyOf(new LinkedHashSet<>(files));
        this.quiet = nanos("debounce", debounce);
        this.poll = nanos("poll", poll);
        this.changed = Objects.requireNonNull(changed, "changed");
        this.opening = opening;
        reader = new ContentReader(this.files);
        this.debounce = new Debounce(quiet);
    }

    /** Has the JVM load and link what the end of a watch needs. */
    public static void rehearseEnd() {
        Events.rehearseEnd(FileSystems.getDefault()::newWatchService);
    }

    private static long nanos(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + duration + ", but must be positive and at most a day");
        }
        return duration.toNanos();
    }

    /**
     * Reads the files and starts the thread, a daemon thread of the name {@code proc-daemon-watch}; there is none if there is
     * nothing to watch. Whatever changes after this has returned is reported.
     *
     * @throws IllegalStateException if this was started or closed before
     */
    public synchronized void start() {
        if (lookout != null || isClosed()) {
            throw new IllegalStateException("a watch is started once");
        }
        lookout = opening.get();
        read();
        reported = new Reported(seen, Debounce.CAP * quiet);
        if (!files.isEmpty()) {
            thread = new SystemThreads().start(ThreadKind.PLATFORM, "proc-daemon-watch", this::run);
        }
    }

    /**
     * Ends the thread; waits a second for it at most, and not at all when called on it. A call that has begun goes on; it is
     * the last one.
     */
    @Override
    public void close() {
        closing.countDown();
        Lookout open;
        Thread running;
        synchronized (this) {
            open = lookout;
            running = thread;
        }
        if (open != null) {
            open.close();
        }
        if (running != null && running != Thread.currentThread()) {
            try {
                running.join(JOIN_MILLIS);
            } catch (InterruptedException urgent) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (!isClosed()) {
            try {
                turn();
            } catch (InterruptedException stray) {
                // whoever called it has meant something else: this ends when it is closed
            } catch (Throwable failure) {
                recover(failure);
            }
        }
    }

    private void turn() throws InterruptedException {
        long wait = remaining(System.nanoTime());
        if (wait <= 0) {
            look(System.nanoTime());
        } else if (lookout.await(wait)) {
            debounce.event(System.nanoTime());
        }
    }

    private long remaining(long now) {
        if (debounce.isPending()) {
            return debounce.remaining(now);
        }
        return Math.min(reported.remaining(now), polls ? looked + poll - now : Lookout.FOREVER);
    }

    private void look(long now) {
        Map<Spot, Content> before = seen;
        read();
        if (polls && !seen.equals(before)) {
            // no event would tell that it is still being written
            debounce.event(now);
        }
        if (!debounce.isPending() || debounce.remaining(now) <= 0) {
            debounce.clear();
            report(reported.changes(seen, now));
        }
    }

    /** Watches first, so that what changes while it reads is an event. */
    private void read() {
        boolean hearsAll = lookout.watch(() -> Trail.to(files));
        seen = reader.read();
        polls = !hearsAll || reader.isInTrouble();
        looked = System.nanoTime();
    }

    private void report(Set<Path> changes) {
        if (changes.isEmpty() || isClosed()) {
            return;
        }
        try {
            changed.accept(changes);
        } catch (Throwable failure) {
            LOG.warnf(failure, "What was to be done about the change of %s failed; the files are watched all the same",
                    changes);
        }
    }

    private void recover(Throwable failure) {
        if (!isClosed()) {
            LOG.warnf(failure, "The files %s could not be looked at; they are again in %s", files, Duration.ofNanos(poll));
            Uninterrupted.await(() -> closing.await(poll, TimeUnit.NANOSECONDS));
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }
}
