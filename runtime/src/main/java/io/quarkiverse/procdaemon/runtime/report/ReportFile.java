package io.quarkiverse.procdaemon.runtime.report;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/**
 * The report file. While the process runs, the file marks it as running: if the next start finds that mark and the process is
 * gone, the process has crashed or was killed.
 */
public final class ReportFile implements DaemonListener {

    /** The key of its path. */
    public static final String KEY = "quarkus.proc-daemon.shutdown.report-file";

    private static final Logger LOG = Logger.getLogger(ReportFile.class);

    /** The precision of start times of processes. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    private static final int LONGEST = 200;

    private final Path file;
    private final ReportPlace place;

    /** @param file its path; missing directories are created */
    public ReportFile(Path file) {
        this.file = file;
        this.place = new ReportPlace(file);
    }

    /** What is wrong with the path: a sentence that says what to do; null if nothing is known. */
    public static @Nullable String objection(Path file) {
        return Files.isDirectory(file) ? KEY + " (" + file + ") is a directory; name a file in it" : null;
    }

    /** Logs how the last process ended, and marks this one as running. Empty if nothing is known of the last one. */
    public Optional<ShutdownReport> begin(String daemon) {
        Optional<ShutdownReport> previous = previous();
        if (canBeReadAgain()) {
            write(new ShutdownReport(daemon, ProcessHandle.current().pid(), Outcome.CRASHED, Optional.empty(),
                    OptionalInt.empty(), Instant.now(), false, Duration.ZERO, List.of(), List.of(), List.of()));
        }
        return previous;
    }

    private Optional<ShutdownReport> previous() {
        try {
            Optional<ShutdownReport> last = place.read().map(ReportFormat::read).filter(report -> !isOfRunningProcess(report));
            last.ifPresent(ReportFile::log);
            return last;
        } catch (IOException | RuntimeException unreadable) {
            // Including times and numbers out of range.
            LOG.warnf("It is unknown how the last run ended, because its report cannot be read from %s: %s", file,
                    reason(unreadable));
            return Optional.empty();
        }
    }

    private boolean canBeReadAgain() {
        try {
            FileKind kind = place.kind();
            if (kind == FileKind.FIFO) {
                LOG.warnf(
                        "No report is written to %s, which is a named pipe (FIFO): it may have no reader, and opening it would"
                                + " block; set quarkus.proc-daemon.shutdown.report-file to a regular file or to /dev/stderr",
                        file);
            }
            return kind.keeps() || kind == FileKind.DIRECTORY || kind == FileKind.OTHER;
        } catch (IOException unknown) {
            // Writing there will report it.
            return true;
        }
    }

    private boolean isOfRunningProcess(ShutdownReport last) {
        boolean lives = last.outcome() == Outcome.CRASHED && last.pid() != ProcessHandle.current().pid()
                && ProcessHandle.of(last.pid()).filter(process -> isAuthor(process, last.began())).isPresent();
        if (lives) {
            LOG.warnf("The process %d (%s) is still running and writes its report to %s as well; set"
                    + " quarkus.proc-daemon.shutdown.report-file to a file of its own for each process",
                    last.pid(), PlainText.escape(last.daemon()), file);
        }
        return lives;
    }

    /** Whether it wrote the report: not if it began later, then it is another process with the same ID. */
    private static boolean isAuthor(ProcessHandle process, Instant wrote) {
        return process.isAlive()
                && process.info().startInstant().map(start -> start.minus(CLOCK).isBefore(wrote)).orElse(true);
    }

    private static void log(ShutdownReport last) {
        if (last.outcome() == Outcome.CRASHED) {
            LOG.warnf("The last run of %s (pid %d), begun at %s, ended without a shutdown: it crashed or was killed",
                    PlainText.escape(last.daemon()), last.pid(), last.began());
        } else {
            LOG.logf(last.outcome() == Outcome.CLEAN ? Logger.Level.INFO : Logger.Level.WARN,
                    "The last run of %s (pid %d) ended %s at %s, %s", PlainText.escape(last.daemon()), last.pid(),
                    last.outcome(), last.began().plus(last.took()), PlainText.escape(ReportText.line(last)));
        }
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // Only the end is written.
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        write(report);
    }

    private synchronized void write(ShutdownReport report) {
        try {
            // Not with a Writer, which rejects half a surrogate pair, as at the end of a truncated text.
            place.write(ReportFormat.write(report).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException refused) {
            LOG.errorf("Cannot write the report to %s: %s; %s. Check permissions and free space, or set"
                    + " quarkus.proc-daemon.shutdown.report-file to another path", file, reason(refused), clear());
        }
    }

    /** Removes the old content: the next start must not mistake it for the end of this run. */
    private String clear() {
        try {
            place.clear();
            return "the next start will not know how this run ended";
        } catch (IOException | RuntimeException stays) {
            return "the old report cannot be removed either (" + reason(stays)
                    + "), so the next start may report this run wrongly";
        }
    }

    /** Why a file cannot be read or written, in words. */
    private static String reason(Exception failure) {
        if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (failure instanceof FileSystemException refused) {
            return reason(refused);
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return PlainText.escape(PlainText.cut(message, LONGEST));
    }

    private static String reason(FileSystemException refused) {
        if (refused.getReason() != null) {
            return refused.getReason();
        } else if (refused instanceof AccessDeniedException) {
            return "access to " + refused.getFile() + " is denied";
        } else if (refused instanceof NoSuchFileException) {
            return refused.getFile() + " does not exist";
        } else if (refused instanceof FileAlreadyExistsException) {
            return refused.getFile() + " is not a directory";
        }
        return refused.toString();
    }
}
