package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits for events of the system in the directories on the way to the files. An event only makes the next look come sooner, so
 * it does no harm if some are missing. Used by one thread.
 */
class FileEvents {

    private static final String ONLY_POLLED = "Changes of files may be noticed only every quarkus.proc-daemon.reload.poll-interval: ";
    private static final String MORE = "; raise fs.inotify.max_user_watches and fs.inotify.max_user_instances (sysctl), or the"
            + " number of open files (ulimit -n)";

    private final EpisodeLog troubles = new EpisodeLog(Logger.getLogger(FileEvents.class));
    /** Null if there are no events. */
    private @Nullable WatchService service;
    /** The names that matter in each directory; null among them stands for all. */
    private Map<WatchKey, Set<@Nullable Path>> names = new HashMap<>();
    /** What this round has registered, and what it has followed. */
    private @Nullable Map<Path, WatchKey> keys;
    private @Nullable Set<Path> followed;

    void open() {
        try {
            service = newService();
        } catch (IOException | RuntimeException none) {
            complain(none);
        }
    }

    WatchService newService() throws IOException {
        return FileSystems.getDefault().newWatchService();
    }

    void close() {
        try (WatchService open = service) {
            service = null;
        } catch (IOException | RuntimeException failure) {
            complain(failure);
        }
    }

    /** Whether an event that concerns one of the files came within so many nanoseconds. */
    boolean await(long nanos) throws InterruptedException {
        if (service == null) {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return false;
        }
        try {
            WatchKey key = service.poll(nanos, TimeUnit.NANOSECONDS);
            return key != null && concerns(key);
        } catch (RuntimeException failure) {
            lost(failure);
            return false;
        }
    }

    private boolean concerns(WatchKey key) {
        Set<@Nullable Path> heeded = names.getOrDefault(key, new HashSet<>());
        boolean concerns = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            concerns |= heeded.contains(event.context()) || heeded.contains(null)
                    || event.kind() == StandardWatchEventKinds.OVERFLOW;
        }
        boolean isGone = !key.reset();
        return (concerns || isGone) && !heeded.isEmpty();
    }

    private void lost(RuntimeException failure) {
        complain(failure);
        close();
    }

    /**
     * Waits from now on for events on the way to these paths, and no others. All directories are registered each time, since
     * the path of one may now be that of another; for the system that is no change if it is the same one.
     */
    void watch(Collection<Path> paths) {
        if (service == null) {
            return;
        }
        Map<WatchKey, Set<@Nullable Path>> before = names;
        names = new HashMap<>();
        keys = new HashMap<>();
        followed = new HashSet<>();
        try {
            paths.forEach(path -> watch(path.toAbsolutePath()));
            before.keySet().removeAll(names.keySet());
            before.keySet().forEach(WatchKey::cancel);
            troubles.endRound();
        } catch (RuntimeException failure) {
            lost(failure);
        }
    }

    private void watch(Path path) {
        follow(path);
        if (Files.isDirectory(path)) {
            heed(path, null);
            try (Stream<Path> entries = Files.list(path)) {
                entries.limit(ContentReader.ENTRIES).filter(Files::isSymbolicLink).forEach(this::follow);
            } catch (IOException | UncheckedIOException unreadable) {
                // The reader says what is wrong with it.
            }
        }
    }

    /** Upper directories first: what happens in a lower one before it is registered is then noticed in the upper one. */
    private void follow(Path path) {
        Path directory = path.getParent();
        if (directory == null || !followed.add(path)) {
            return;
        }
        follow(directory);
        heed(directory, path.getFileName());
        try {
            if (Files.isSymbolicLink(path)) {
                follow(path.resolveSibling(Files.readSymbolicLink(path)).normalize());
            }
        } catch (IOException gone) {
            // There is an event for that.
        }
    }

    private void heed(Path directory, @Nullable Path name) {
        WatchKey key = keys.computeIfAbsent(directory, this::tryToRegister);
        if (key != null) {
            names.computeIfAbsent(key, any -> new HashSet<>()).add(name);
        }
    }

    private @Nullable WatchKey tryToRegister(Path directory) {
        try {
            return register(directory, service);
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException notThere) {
            return null;
        } catch (IOException failure) {
            complain(failure);
            return null;
        }
    }

    WatchKey register(Path directory, WatchService service) throws IOException {
        return directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE,
                StandardWatchEventKinds.ENTRY_MODIFY);
    }

    private void complain(Exception failure) {
        String text = failure.toString();
        troubles.found(text, Logger.Level.WARN, ONLY_POLLED + text + (text.contains("inotify") ? MORE : ""));
    }
}
