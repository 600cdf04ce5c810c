package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

/** Deletes the oldest files of a daemon, so that they do not fill the disk, and what killed processes have left. */
final class KeptFiles {

    private static final Logger LOG = Logger.getLogger(KeptFiles.class);
    /** The longest recording takes half of it. */
    private static final Duration LEFT = Duration.ofDays(2);
    /** A time and a process ID. */
    private static final String REST = "\\d{8}T\\d{6}\\.\\d{3}Z-\\d+(-\\d+)?";

    private final DumpDirectory directory;

    KeptFiles(DumpDirectory directory) {
        this.directory = directory;
    }

    void review(Kind kind) {
        try {
            List<Path> all = files(Pattern.compile(Pattern.quote(directory.prefix(kind)) + REST + Pattern.quote(kind.ending)));
            // The time in the name is what sorts them, to the millisecond.
            all.sort(Comparator.comparing(file -> file.getFileName().toString()));
            for (Path old : all.subList(0, Math.max(0, all.size() - kind.most))) {
                Files.deleteIfExists(old);
                LOG.infof("Deleted the %s %s: the newest %d are kept", kind.words, old, kind.most);
            }
            for (Path partial : files(Pattern.compile(Pattern.quote(directory.partialPrefix()) + "\\d+"))) {
                if (isLeft(partial)) {
                    DumpFile.delete(partial);
                }
            }
        } catch (IOException failure) {
            LOG.warnf("Old dumps in %s cannot be deleted (%s); delete them before they fill the disk", directory.path(),
                    failure);
        }
    }

    private static boolean isLeft(Path partial) throws IOException {
        try {
            return Files.getLastModifiedTime(partial).toInstant().isBefore(Instant.now().minus(LEFT));
        } catch (NoSuchFileException finished) {
            return false;
        }
    }

    private List<Path> files(Pattern names) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.path(),
                file -> names.matcher(file.getFileName().toString()).matches())) {
            files.forEach(all::add);
        }
        return all;
    }
}
