package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The places on the way to files, from the root down, through all links. Nothing can change what a path leads to without an
 * event in one of them: not the swap of a link in the middle of it, nor the renaming of a directory. Where something is missing
 * the way ends, with the place where it would appear.
 */
final class Trail {

    /** As many as Linux follows. */
    private static final int LINKS = 40;

    private final Set<Place> places = new LinkedHashSet<>();

    private Trail() {
    }

    /** The places on the ways to all these, upper ones before lower ones. */
    static Set<Place> to(Collection<Path> paths) {
        Trail trail = new Trail();
        paths.forEach(trail::follow);
        return trail.places;
    }

    private void follow(Path path) {
        Path end = walk(path.toAbsolutePath());
        if (end != null) {
            places.add(new Place(end, null, true));
            followLinksIn(end);
        }
    }

    /** The directory to which it leads, without links; null if it leads to none. */
    private Path walk(Path path) {
        Path at = path.getRoot();
        Deque<Path> ahead = new ArrayDeque<>();
        path.forEach(ahead::addLast);
        int links = 0;
        while (!ahead.isEmpty()) {
            Path name = ahead.removeFirst();
            if (name.toString().equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
            } else if (!name.toString().isEmpty() && !name.toString().equals(".")) {
                Path next = at.resolve(name);
                Path target = targetOf(next);
                boolean directory = target == null && Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS);
                places.add(new Place(at, name, target == null && !directory));
                if (target != null && ++links <= LINKS) {
                    at = target.isAbsolute() ? target.getRoot() : at;
                    for (int i = target.getNameCount(); i-- > 0;) {
                        ahead.addFirst(target.getName(i));
                    }
                } else if (directory) {
                    at = next;
                } else {
                    return null;
                }
            }
        }
        return at;
    }

    private static Path targetOf(Path link) {
        try {
            return Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : null;
        } catch (IOException gone) {
            return null;
        }
    }

    private void followLinksIn(Path directory) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isSymbolicLink)) {
            int count = 0;
            for (Path link : entries) {
                if (count++ < ContentReader.ENTRIES) {
                    walk(link);
                }
            }
        } catch (IOException | DirectoryIteratorException gone) {
            // then there are no links to follow; whoever reads the directory says what is wrong with it
        }
    }
}
