package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

/**
 * The lookout of the system. All directories are registered anew each time, since the path of one may now be that of another
 * directory, of which the old key would hear nothing; for the system that is no change if it is the same one.
 */
class Events implements Lookout {

    private static final Logger LOG = Logger.getLogger(Events.class);
    /** How often directories may come and go while they are registered; there is always a next time. */
    private static final int ROUNDS = 10;
    private static final WatchEvent.Kind<?>[] ENTRIES = { StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_DELETE };
    private static final WatchEvent.Kind<?>[] ENTRIES_AND_BYTES = { StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY };

    private final WatchService service;
    private final EpisodeLog spells = new EpisodeLog(LOG);
    /** What is heeded in each directory; null in it stands for everything. */
    private Map<WatchKey, Set<Path>> names = Map.of();
    /** To look up a file system again and again takes more time than all the rest. */
    private Map<Place, Optional<String>> remoteness = Map.of();

    Events(WatchService service) {
        this.service = service;
    }

    /** Makes a watch service. */
    @FunctionalInterface
    interface Opening {

        WatchService open() throws IOException;
    }

    /** A lookout without events if there can be none with them, which is said in the log. */
    static Lookout open(Opening opening) {
        try {
            return new Events(opening.open());
        } catch (IOException | UnsupportedOperationException none) {
            LOG.warnf("Files are looked at from time to time instead of being watched: %s%s", none,
                    none.getMessage() != null && none.getMessage().contains("inotify")
                            ? "; raise fs.inotify.max_user_instances (sysctl) or the number of open files (ulimit -n)"
                            : "");
            return new NoEvents();
        }
    }

    /** Says nothing if there can be none: who opens one to use it does. */
    static void rehearseEnd(Opening opening) {
        try {
            new Events(opening.open()).close();
        } catch (IOException | UnsupportedOperationException none) {
            // then there will be none to close
        }
    }

    @Override
    public boolean watch(Supplier<Set<Place>> places) {
        Set<Place> now = places.get();
        for (int round = 0; round < ROUNDS; round++) {
            boolean all = register(now);
            Set<Place> then = places.get();
            if (then.equals(now)) {
                return all;
            }
            now = then;
        }
        return false;
    }

    @Override
    public boolean await(long nanos) throws InterruptedException {
        try {
            WatchKey key = nanos == FOREVER ? service.take() : service.poll(nanos, TimeUnit.NANOSECONDS);
            return key != null && concerns(key);
        } catch (ClosedWatchServiceException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException failure) {
            LOG.warnf("The watch service did not close: %s", failure);
        }
    }

    /** Upper directories first: what happens to a lower one before it is registered is then heard in the upper one. */
    private boolean register(Set<Place> places) {
        Map<Path, Set<Place>> byDirectory = new LinkedHashMap<>();
        places.forEach(place -> byDirectory.computeIfAbsent(place.directory(), any -> new HashSet<>()).add(place));
        Map<WatchKey, Set<Path>> registered = new HashMap<>();
        boolean all = true;
        for (Map.Entry<Path, Set<Place>> entry : byDirectory.entrySet()) {
            Path directory = entry.getKey();
            boolean bytes = entry.getValue().stream().anyMatch(Place::file);
            try {
                Set<Path> heeded = registered.computeIfAbsent(
                        register(directory, service, bytes ? ENTRIES_AND_BYTES : ENTRIES), any -> new HashSet<>());
                entry.getValue().forEach(place -> heeded.add(place.name()));
            } catch (NoSuchFileException | NotDirectoryException gone) {
                all = false;
            } catch (IOException failure) {
                all = false;
                complain(directory, failure);
            }
        }
        names.keySet().stream().filter(key -> !registered.containsKey(key)).forEach(WatchKey::cancel);
        names = registered;
        all &= allAreNear(places);
        spells.endRound();
        return all;
    }

    WatchKey register(Path directory, WatchService service, WatchEvent.Kind<?>[] kinds) throws IOException {
        return directory.register(service, kinds);
    }

    private boolean allAreNear(Set<Place> places) {
        Map<Place, Optional<String>> found = new HashMap<>();
        places.forEach(place -> found.put(place, remoteness.containsKey(place) ? remoteness.get(place) : Remoteness.of(place)));
        remoteness = found;
        found.values().forEach(reason -> reason.ifPresent(why -> spells.found(why, Logger.Level.INFO,
                "Files are also looked at from time to time: " + why)));
        return found.values().stream().allMatch(Optional::isEmpty);
    }

    private void complain(Path directory, IOException failure) {
        if (failure.getMessage() != null && failure.getMessage().contains("inotify")) {
            spells.found(failure.getMessage(), Logger.Level.WARN,
                    "Files are looked at from time to time, since not all of their"
                            + " directories can be watched: " + failure.getMessage()
                            + "; raise fs.inotify.max_user_watches (sysctl)");
        } else {
            spells.found(directory, Logger.Level.WARN, "Files are looked at from time to time, since the directory " + directory
                    + " cannot be watched: " + failure);
        }
    }

    /** The key of a directory that is not watched any more has nothing to say. */
    private boolean concerns(WatchKey key) {
        Set<Path> heeded = names.getOrDefault(key, new HashSet<>());
        boolean concerns = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            concerns |= heeded.contains(event.context()) || heeded.contains(null)
                    || event.kind() == StandardWatchEventKinds.OVERFLOW;
        }
        boolean isGone = !key.reset();
        return (concerns || isGone) && !heeded.isEmpty();
    }
}
