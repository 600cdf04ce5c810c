package io.quarkiverse.procdaemon.runtime.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds what has changed between the reading of files and the start of the watch, by their dates. A date in the future, as of a
 * wrong clock or an unpacked archive, says nothing unless it is another one now.
 */
final class MissedChanges {

    private final Map<Path, FileTime> ahead = new HashMap<>();

    /** @param files those that were read */
    MissedChanges(Collection<Path> files) {
        for (Path file : files) {
            FileTime date = date(file);
            if (date != null && date.toMillis() > System.currentTimeMillis()) {
                ahead.put(file, date);
            }
        }
    }

    /**
     * Those of the files that may have changed.
     *
     * @param readAt when they were about to be read
     */
    Set<Path> since(long readAt, Collection<Path> files) {
        Set<Path> changed = new HashSet<>();
        for (Path file : files) {
            if (hasChanged(file, readAt)) {
                changed.add(file);
            }
        }
        return changed;
    }

    private boolean hasChanged(Path file, long readAt) {
        FileTime date = date(file);
        return date != null && date.toMillis() >= readAt && !date.equals(ahead.get(file));
    }

    /** Null if there is no such file. */
    private static @Nullable FileTime date(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException absent) {
            return null;
        }
    }
}
