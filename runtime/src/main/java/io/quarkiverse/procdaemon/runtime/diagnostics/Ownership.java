package io.quarkiverse.procdaemon.runtime.diagnostics;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;

/**
 * Whether a directory may be trusted with what is in the memory of this process: others may have made it, or a link, to get at
 * that. Where files have no numeric owner, nothing is checked.
 */
final class Ownership {

    private static final int ROOT = 0;
    private static final int UNKNOWN = -1;
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(GROUP_READ, GROUP_WRITE, GROUP_EXECUTE, OTHERS_READ,
            OTHERS_WRITE, OTHERS_EXECUTE);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IDS = "Uid:";

    private final int ours;

    Ownership() {
        this(ofThisProcess());
    }

    /** @param ours the user who owns what this process creates */
    Ownership(int ours) {
        this.ours = ours;
    }

    /** Throws if the directory is not safe, with why and what to do. */
    void check(Place place) throws IOException {
        Path directory = place.directory();
        if (ours == UNKNOWN) {
            return;
        }
        for (Path part = directory; part != null; part = part.getParent()) {
            if (Files.isSymbolicLink(part) && (place.shared() && part.equals(directory) || !isTrusted(owner(part)))) {
                throw unsafe(part, "is a symbolic link of user " + owner(part) + ", which is not followed; remove it");
            }
        }
        if (!Files.isDirectory(directory)) {
            throw unsafe(directory, "is not a directory; remove it");
        }
        int owner = (int) Files.getAttribute(directory, "unix:uid");
        if (owner != ours && (place.shared() || owner != ROOT)) {
            throw unsafe(directory, "belongs to user " + owner + ", and this process runs as user " + ours + "; remove it");
        }
        if (place.shared() && !Collections.disjoint(Files.getPosixFilePermissions(directory), OF_OTHERS)) {
            throw unsafe(directory, "is open to other users; set its mode to 0700");
        }
    }

    private boolean isTrusted(int owner) {
        return owner == ours || owner == ROOT;
    }

    private static int owner(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid", NOFOLLOW_LINKS);
    }

    private static FileSystemException unsafe(Path file, String why) {
        return new FileSystemException(file.toString(), null, file + " " + why);
    }

    private static int ofThisProcess() {
        try {
            for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(IDS)) {
                    // The last one counts for files.
                    String[] all = line.substring(IDS.length()).strip().split("\\s+");
                    return Integer.parseInt(all[all.length - 1]);
                }
            }
        } catch (IOException | RuntimeException elsewhere) {
            // There is no such file on other systems.
        }
        try {
            return (int) Files.getAttribute(Path.of(System.getProperty("user.home")), "unix:uid");
        } catch (IOException | RuntimeException none) {
            return UNKNOWN;
        }
    }
}
