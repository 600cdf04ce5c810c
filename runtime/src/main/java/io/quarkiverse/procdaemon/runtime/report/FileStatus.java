package io.quarkiverse.procdaemon.runtime.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/**
 * The result of {@code stat} for a path. With numeric user IDs: looking up names may query a server that does not respond.
 *
 * @param type the bits {@link #TYPE} of its mode
 * @param permissions the other bits that {@code chmod} sets, -1 where there are none
 */
record FileStatus(int type, int permissions, int uid, int gid) {

    static final int MISSING = 0;
    static final int FIFO = 0010000;
    static final int CHARACTER_DEVICE = 0020000;
    static final int DIRECTORY = 0040000;
    static final int REGULAR = 0100000;
    static final int LINK = 0120000;

    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 0777;

    /** Of the path, or with {@code NOFOLLOW_LINKS} of the link that it is. */
    static FileStatus of(Path path, LinkOption... options) throws IOException {
        try {
            if (isBelowAFile(path)) {
                return new FileStatus(MISSING, -1, -1, -1);
            }
            Map<String, Object> read = Files.readAttributes(path, "unix:mode,uid,gid", options);
            int mode = (Integer) read.get("mode");
            return new FileStatus(mode & TYPE, mode & PERMISSIONS, (Integer) read.get("uid"), (Integer) read.get("gid"));
        } catch (NoSuchFileException none) {
            return new FileStatus(MISSING, -1, -1, -1);
        } catch (UnsupportedOperationException noUnix) {
            return basic(path, options);
        }
    }

    private static boolean isBelowAFile(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent != null && Files.exists(parent) && !Files.isDirectory(parent);
    }

    private static FileStatus basic(Path path, LinkOption... options) throws IOException {
        try {
            BasicFileAttributes read = Files.readAttributes(path, BasicFileAttributes.class, options);
            return new FileStatus(read.isSymbolicLink() ? LINK : read.isDirectory() ? DIRECTORY : REGULAR, -1, -1, -1);
        } catch (NoSuchFileException none) {
            return new FileStatus(MISSING, -1, -1, -1);
        }
    }

    boolean is(int other) {
        return type == other;
    }

    /**
     * Copies the permissions to the file that replaces this one; if the owner differs, no more than either file has.
     */
    void handOn(Path next) throws IOException {
        if (permissions < 0) {
            return;
        }
        FileStatus made = of(next, LinkOption.NOFOLLOW_LINKS);
        int mode = uid == made.uid ? permissions : permissions & made.permissions;
        if (uid == made.uid && gid != made.gid) {
            try {
                Files.setAttribute(next, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException notOurGroup) {
                mode &= 0707;
            }
        }
        Files.setAttribute(next, "unix:mode", mode);
    }
}
