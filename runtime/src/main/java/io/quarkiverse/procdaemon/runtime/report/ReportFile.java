package io.quarkiverse.procdaemon.runtime.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.events.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/**
 * The file of the last report. While the process runs it says so: whoever finds that in the file of a process that is gone
 * knows that it has crashed or was killed.
 */
public final class ReportFile implements SubsystemListener {

    private static final Logger LOG = Logger.getLogger(ReportFile.class);

    /** How exactly a system knows when a process has begun. */
    private static final Duration CLOCK = Duration.ofSeconds(2);

    private final Path file;
    private final ReportPlace place;

    /** @param file where it is; its directory is made if need be */
    public ReportFile(Path file) {
        this.file = file;
        this.place = new ReportPlace(file);
    }

    /** Says in the log how the last process ended, and that this one runs. Empty if nothing is known of it. */
    public Optional<ShutdownReport> begin(String daemon) {
        Optional<ShutdownReport> previous = previous();
        if (canBeReadAgain()) {
            write(new ShutdownReport(daemon, ProcessHandle.current().pid(), Outcome.CRASHED, Optional.empty(),
                    OptionalInt.empty(),
                    Instant.now(), Duration.ZERO, List.of(), List.of(), List.of()));
        }
        return previous;
    }

    private Optional<ShutdownReport> previous() {
        try {
            Optional<ShutdownReport> last = place.read().map(ReportFormat::read).filter(report -> !isOfOneThatLives(report));
            last.ifPresent(ReportFile::tell);
            return last;
        } catch (IOException | RuntimeException unreadable) {
            // Also a moment or a number that no clock and no process has.
            LOG.warnf("How the last run ended is not known because its report cannot be read from %s: %s", file,
                    Reason.of(unreadable));
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
            // Writing there will say so.
            return true;
        }
    }

    private boolean isOfOneThatLives(ShutdownReport last) {
        boolean lives = last.outcome() == Outcome.CRASHED && last.pid() != ProcessHandle.current().pid()
                && ProcessHandle.of(last.pid()).filter(process -> isAuthor(process, last.began())).isPresent();
        if (lives) {
            LOG.warnf("The process %d (%s) still runs and writes its report to %s, too; set"
                    + " quarkus.proc-daemon.shutdown.report-file to a file of its own for each process",
                    last.pid(), PlainText.escape(last.daemon()), file);
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
                    PlainText.escape(last.daemon()), last.pid(), last.began());
        } else {
            LOG.logf(last.outcome() == Outcome.CLEAN ? Logger.Level.INFO : Logger.Level.WARN,
                    "The last run of %s (pid %d) ended %s at %s, %s", PlainText.escape(last.daemon()), last.pid(),
                    last.outcome(), last.began().plus(last.took()), PlainText.escape(ReportText.line(last)));
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
            // Not from a Writer, which refuses half a surrogate pair, such as a text cut off in the middle ends with.
            place.write(ReportFormat.write(report).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException refused) {
            LOG.errorf("Cannot write the report to %s: %s; %s. Check permissions and free space, or set"
                    + " quarkus.proc-daemon.shutdown.report-file to another path", file, Reason.of(refused), clear());
        }
    }

    /** What stands there is of an earlier moment, so the next start must not take it for the end of this run. */
    private String clear() {
        try {
            place.clear();
            return "the next start will not know how this run ended";
        } catch (IOException | RuntimeException stays) {
            return "the old report cannot be removed either (" + Reason.of(stays)
                    + "), so the next start may say something wrong of this run";
        }
    }
}
