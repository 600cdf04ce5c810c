package io.quarkiverse.procdaemon.runtime.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.listen.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.listen.SubsystemListener;

/**
 * The file of the last report. While the process runs it says so: whoever finds that in the file of a process that is gone
 * knows that it has crashed or was killed.
 */
public final class ReportFile implements SubsystemListener {

    private static final Logger LOG = Logger.getLogger(ReportFile.class);

    /** How exactly a system knows when a process has begun. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    private final Path file;

    /** @param file where it is; its directory is made if need be */
    public ReportFile(Path file) {
        this.file = file;
    }

    /** Says in the log how the last process ended, and that this one runs. Empty if nothing is known of it. */
    public Optional<ShutdownReport> begin(String daemon) {
        Optional<ShutdownReport> previous = read().filter(last -> !isOfOneThatLives(last));
        previous.ifPresent(ReportFile::tell);
        write(new ShutdownReport(daemon, ProcessHandle.current().pid(), Outcome.CRASHED, Optional.empty(), OptionalInt.empty(),
                Instant.now(),
                Duration.ZERO, List.of(), List.of()));
        return previous;
    }

    private Optional<ShutdownReport> read() {
        try {
            return Optional.of(ReportFormat.read(Files.readString(file)));
        } catch (NoSuchFileException first) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
            LOG.warnf("How the last run ended is not known, since %s cannot be read: %s; it is written anew", file, unreadable);
            return Optional.empty();
        }
    }

    private boolean isOfOneThatLives(ShutdownReport last) {
        boolean lives = last.outcome() == Outcome.CRASHED && last.pid() != ProcessHandle.current().pid()
                && ProcessHandle.of(last.pid()).filter(process -> isAuthor(process, last.began())).isPresent();
        if (lives) {
            LOG.warnf("The process %d (%s) still runs and writes its report to %s, too; set"
                    + " quarkus.proc-daemon.shutdown.report-file to a file of its own for each process",
                    last.pid(), last.daemon(), file);
        }
        return lives;
    }

    /** Not so if it has begun after it is said to have written: then it is another one, which was given the same number. */
    private static boolean isAuthor(ProcessHandle process, Instant wrote) {
        return process.isAlive()
                && process.info().startInstant().map(start -> start.minus(CLOCK).isBefore(wrote)).orElse(true);
    }

    private static void tell(ShutdownReport last) {
        if (last.outcome() == Outcome.CRASHED) {
            LOG.warnf("The last run of %s (pid %d), begun at %s, ended without a shutdown: it crashed or was killed",
                    last.daemon(), last.pid(), last.began());
        } else {
            LOG.logf(last.outcome() == Outcome.CLEAN ? Logger.Level.INFO : Logger.Level.WARN,
                    "The last run of %s (pid %d) ended %s at %s, %s", last.daemon(), last.pid(), last.outcome(),
                    last.began().plus(last.took()), ReportText.line(last));
        }
    }

    @Override
    public void onEvent(SubsystemEvent event) {
        // Only the end is written down.
    }

    @Override
    public void shutdownEnded(ShutdownReport report) {
        write(report);
    }

    private synchronized void write(ShutdownReport report) {
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(file.toString(), null, "it is a directory");
            }
            Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Path next = directory.resolve(file.getFileName() + ".next");
            // Not writeString, which refuses half a surrogate pair, such as a text cut off in the middle ends with.
            Files.write(next, ReportFormat.write(report).getBytes(StandardCharsets.UTF_8));
            replace(next);
        } catch (IOException refused) {
            LOG.errorf("The report of the shutdown cannot be written to %s: %s", file, refused);
        }
    }

    private void replace(Path next) throws IOException {
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherwise) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
