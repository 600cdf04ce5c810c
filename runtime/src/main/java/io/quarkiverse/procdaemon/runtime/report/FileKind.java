package io.quarkiverse.procdaemon.runtime.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What is at the path of a report, as far as it matters for reading and writing. */
enum FileKind {

    MISSING,
    FILE,
    /** A symbolic link to a file, or to nothing. */
    LINK,
    DIRECTORY,
    /** A named pipe, also behind a link: opening it may block for ever. */
    FIFO,
    /** A character device, also behind a link. */
    DEVICE,
    /** What {@code /dev/stdout} leads to. */
    STDOUT,
    /** What {@code /dev/stderr} leads to. */
    STDERR,
    /** Another open pipe of this process, such as {@code /dev/fd/63}. */
    PIPE,
    /** A socket or a block device. */
    OTHER;

    private static final int MOST_LINKS = 40;
    private static final Pattern DESCRIPTORS = Pattern.compile("/proc/\\d+(/task/\\d+)?/fd");

    static FileKind of(Path path) throws IOException {
        FileStatus status = FileStatus.of(path, LinkOption.NOFOLLOW_LINKS);
        return status.is(FileStatus.LINK) ? ofLink(path) : of(status);
    }

    private static FileKind of(FileStatus status) {
        return switch (status.type()) {
            case FileStatus.MISSING -> MISSING;
            case FileStatus.REGULAR -> FILE;
            case FileStatus.DIRECTORY -> DIRECTORY;
            case FileStatus.FIFO -> FIFO;
            case FileStatus.CHARACTER_DEVICE -> DEVICE;
            default -> OTHER;
        };
    }

    private static FileKind ofLink(Path path) throws IOException {
        Path at = path.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(at); links++) {
            if (links == MOST_LINKS) {
                return LINK;
            }
            if (isDescriptor(at)) {
                return ofDescriptor(at);
            }
            at = at.resolveSibling(Files.readSymbolicLink(at));
        }
        FileKind target = of(FileStatus.of(at, LinkOption.NOFOLLOW_LINKS));
        return target == MISSING || target == FILE ? LINK : target;
    }

    private static boolean isDescriptor(Path link) throws IOException {
        return DESCRIPTORS.matcher(link.getParent().toRealPath().toString()).matches()
                && link.getParent().toRealPath().startsWith(Path.of("/proc/self").toRealPath());
    }

    private static FileKind ofDescriptor(Path link) throws IOException {
        return switch (link.getFileName().toString()) {
            case "1" -> STDOUT;
            case "2" -> STDERR;
            default -> {
                FileKind target = of(FileStatus.of(link));
                yield target == FIFO ? PIPE : target == FILE ? LINK : target;
            }
        };
    }

    /** Whether the content is kept there and can be read again. */
    boolean keeps() {
        return this == MISSING || this == FILE || this == LINK;
    }
}
