package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Calls back when the content of one of a set of files has changed. */
public final class FileWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(FileWatch.class);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Set<Path> files;
    private final Duration poll;
    private final Consumer<Set<Path>> changed;
    private final FileEvents events;
    /** No hash. */
    private static final String UNKNOWN = "?";

    private final ContentReader reader;
    private final Debounce debounce;
    /** What others have taken since the last look; null if nothing. */
    private final AtomicReference<@Nullable Map<Path, String>> taken = new AtomicReference<>();
    /** Null once it was asked. */
    private @Nullable Supplier<Set<Path>> missed;
    private boolean failing;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;
    /** Guarded by this. */
    private boolean waiting;

    /**
     * @param files what to watch, existing or not: regular files, or directories, which stand for all regular files directly in
     *        them; links are followed
     * @param debounce how long nothing must happen before a change is reported; after five times as long it is reported
     *        whatever happens. A file that is gone or empty is always given five times as long. Positive, at most a day
     * @param poll how often to look at the files without an event. Positive, at most a day
     * @param changed is called with those of the files whose content is another than when it was last reported or taken (at
     *        first:
     *        when the watch began), one call after the other, on the thread of the watch. What it throws is logged
     * @throws IllegalArgumentException if a duration is none of these
     */
    public FileWatch(Collection<Path> files, Duration debounce, Duration poll, Consumer<Set<Path>> changed) {
        this(files, debounce, poll, changed, new FileEvents());
    }

    FileWatch(Collection<Path> files, Duration debounce, Duration poll, Consumer<Set<Path>> changed, FileEvents events) {
        this.files = Set.copyOf(files);
        this.poll = poll;
        this.changed = Objects.requireNonNull(changed, "changed");
        this.events = events;
        this.reader = new ContentReader(this.files);
        this.debounce = new Debounce(nanos("debounce", debounce), nanos("poll", poll), System.nanoTime());
    }

    private static long nanos(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + duration + ", but must be positive and at most a day");
        }
        return duration.toNanos();
    }

    /**
     * Starts the thread, a daemon thread of the name {@code proc-daemon-watch}; there is none if there is nothing to watch.
     * Touches no file itself, so one that hangs does not keep the caller.
     *
     * @param missed asked once on the thread of the watch, when every change from then on is reported: the files that changed
     *        before and are to be reported, too
     * @throws IllegalStateException if this was started or closed before
     */
    public void start(Supplier<Set<Path>> missed) {
        if (this.missed != null || thread != null || closed) {
            throw new IllegalStateException("a watch is started once");
        }
        this.missed = missed;
        if (!files.isEmpty()) {
            thread = new Thread(null, this::run, "proc-daemon-watch", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * Has others read the files: the content that they have read is not reported any more, and any other is, even one that was
     * reported before. If a file changes meanwhile, nobody knows what they have read, and it is reported in any case.
     * Reads the files before and after, on the thread of the caller.
     */
    public <T, E extends Exception> T whileRead(Reading<T, E> reading) throws E {
        Map<Path, String> before = contents();
        taken.set(before);
        try {
            return reading.read();
        } finally {
            Map<Path, String> after = contents();
            if (!before.equals(after)) {
                Map<Path, String> known = new HashMap<>(before);
                before.keySet().forEach(file -> known.computeIfPresent(file,
                        (same, content) -> content.equals(after.get(file)) ? content : UNKNOWN));
                taken.set(known);
            }
        }
    }

    private Map<Path, String> contents() {
        return new ContentReader(files).read(System.nanoTime());
    }

    /** What reads the files. */
    public interface Reading<T, E extends Exception> {
        T read() throws E;
    }

    /** Ends the thread, and returns at once. A call that has begun goes on; it is the last one. */
    @Override
    public synchronized void close() {
        closed = true;
        // Only while it waits: neither a call nor the reading of a file is to be disturbed.
        if (waiting) {
            thread.interrupt();
        }
    }

    private void run() {
        events.open();
        while (!closed) {
            try {
                long wait = debounce.remaining(System.nanoTime());
                if (wait <= 0) {
                    look();
                } else if (await(wait)) {
                    debounce.event(System.nanoTime());
                }
            } catch (Throwable failure) {
                failed(failure);
            }
        }
        events.close();
    }

    private boolean await(long nanos) {
        synchronized (this) {
            waiting = !closed;
        }
        try {
            return !closed && events.await(nanos);
        } catch (InterruptedException ended) {
            // Or stray: the watch ends when it is closed.
            return false;
        } finally {
            synchronized (this) {
                waiting = false;
            }
        }
    }

    private void look() {
        // Events first, so that what changes during the reading is one.
        events.watch(files);
        Map<Path, String> contents = taken.getAndSet(null);
        if (contents != null) {
            debounce.taken(contents);
        }
        Set<Path> changes = debounce.looked(reader.read(System.nanoTime()), System.nanoTime());
        failing = false;
        Supplier<Set<Path>> first = missed;
        missed = null;
        report(first == null ? changes : first.get());
    }

    private void report(Set<Path> changes) {
        Set<Path> paths = new HashSet<>();
        changes.forEach(file -> paths.add(files.contains(file) ? file : file.getParent()));
        if (paths.isEmpty() || closed) {
            return;
        }
        try {
            changed.accept(paths);
        } catch (Throwable failure) {
            LOG.warnf(failure, "The change of %s was not handled; the files are still watched", paths);
        }
    }

    private void failed(Throwable failure) {
        debounce.failed(System.nanoTime());
        if (!failing && !closed) {
            failing = true;
            LOG.warnf(failure, "The files %s could not be checked for changes; trying again every %s", files, poll);
        }
    }
}
