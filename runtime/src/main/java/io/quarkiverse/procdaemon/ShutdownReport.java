package io.quarkiverse.procdaemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a daemon ended, complete also when it had to be killed. The last words of the log, {@link Daemon#lastShutdown()}, the
 * file of {@code quarkus.proc-daemon.shutdown.report-file} and a CDI event of this type ({@code @Observes ShutdownReport}) all
 * say the same.
 *
 * @param daemon the daemon's name
 * @param pid the process
 * @param outcome the whole of it in a word
 * @param reason why; empty if there was no shutdown
 * @param exitCode with what exit code; empty if something else decides it, such as a {@code System.exit} of the application
 * @param began when the shutdown began; when the daemon started, if there was no shutdown
 * @param took from then until the last subsystem had ended, or until the kill
 * @param entries each subsystem, in start order
 * @param held what kept the process from ending, with the top frames of each thread; empty unless it was killed
 * @param escalations the later orders to end, if any: the first ended the graceful time, the second killed the process
 */
public record ShutdownReport(String daemon, long pid, Outcome outcome, Optional<ShutdownReason> reason, OptionalInt exitCode,
        Instant began,
        Duration took, List<Entry> entries, List<String> held, List<Escalation> escalations) {

    /** How it ended as a whole. */
    public enum Outcome {
        /** Every subsystem that ran has stopped by itself, in time, and nothing threw. */
        CLEAN,
        /** All is over, but something threw, or a subsystem had to be interrupted or abandoned. */
        UNCLEAN,
        /** The cause was a failure: of a critical subsystem, of the start, or of the application's own {@code run} method. */
        FAILED,
        /** The kill time-out came first, or a third signal. */
        KILLED,
        /** There was no shutdown: the process crashed or was killed from outside. */
        CRASHED
    }

    /** How a subsystem ended. */
    public enum Ending {
        /** By itself, and cleaned up. */
        STOPPED,
        /** It threw after it was to stop: its body, its clean-up, an {@code onShutdown} action or work in flight. */
        FAILED,
        /** It ended when it was interrupted. */
        FORCED,
        /** It ignored its interrupt; code of it may have run on. */
        ABANDONED,
        /** Not at all: it still ran when the process was killed. */
        RUNNING,
        /** It did not run when the shutdown began. */
        NONE
    }

    /**
     * One subsystem.
     *
     * @param subsystem its name
     * @param was its state when the shutdown began
     * @param ended how it ended
     * @param took from when it was told until it had ended, or until the kill; zero if it was never told
     * @param why what went wrong; empty if nothing did
     */
    public record Entry(String subsystem, SubsystemState was, Ending ended, Duration took, String why) {
    }

    /**
     * An order to end that came while the process was ending already, and made it end faster.
     *
     * @param signal which signal it was; one that comes within a second of the last that counted is the same order
     * @param at when it came
     */
    public record Escalation(ShutdownReason.Signal signal, Instant at) {
    }
}
