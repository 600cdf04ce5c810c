package io.quarkiverse.procdaemon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a daemon ended; complete even if it had to be killed. The same report appears in the last lines of the log, in
 * {@link Daemon#lastShutdown()}, in the file {@code quarkus.proc-daemon.shutdown.report-file} and as a CDI event of this type
 * ({@code @Observes ShutdownReport}).
 *
 * @param daemon the daemon's name
 * @param pid the process ID
 * @param outcome how it ended as a whole
 * @param reason why it shut down; empty if there was no shutdown
 * @param exitCode the exit code; empty if something else determines it, such as a {@code System.exit} of the application
 * @param began when the shutdown began, or when the daemon started if there was no shutdown
 * @param duringStart whether the shutdown began before the daemon had started, that is, before all critical subsystems had been
 *        RUNNING; false if there was no shutdown
 * @param took the time until the last subsystem had ended, or until the kill
 * @param entries each subsystem, in start order
 * @param held what kept the process alive, with the top frames of each thread; empty unless it was killed
 * @param escalations the signals that came later, if any: the first ended the graceful phase, the second killed the process
 */
public record ShutdownReport(String daemon, long pid, Outcome outcome, Optional<ShutdownReason> reason, OptionalInt exitCode,
        Instant began, boolean duringStart, Duration took, List<Entry> entries, List<String> held,
        List<Escalation> escalations) {

    /** Of a shutdown that began after the daemon had started. */
    public ShutdownReport(String daemon, long pid, Outcome outcome, Optional<ShutdownReason> reason, OptionalInt exitCode,
            Instant began, Duration took, List<Entry> entries, List<String> held, List<Escalation> escalations) {
        this(daemon, pid, outcome, reason, exitCode, began, false, took, entries, held, escalations);
    }

    /** How it ended as a whole. */
    public enum Outcome {
        /** All subsystems stopped in time without an interrupt, and nothing threw. */
        CLEAN,
        /** Something threw, or a subsystem had to be interrupted or abandoned. */
        UNCLEAN,
        /** The cause was a failure: of a critical subsystem, of the start, or of the application's own {@code run} method. */
        FAILED,
        /** The process was halted at the kill timeout or by a third signal. */
        KILLED,
        /** There was no shutdown: the process crashed or was killed from outside. */
        CRASHED
    }

    /** How a subsystem ended. */
    public enum Ending {
        /** It stopped without an interrupt and cleaned up. */
        STOPPED,
        /** It threw after the stop had begun: its body, its clean-up, an {@code onShutdown} action or work in flight. */
        FAILED,
        /** It ended only after it had been interrupted. */
        FORCED,
        /** It ignored its interrupt; its code may have kept running. */
        ABANDONED,
        /** It was still running when the process was killed. */
        RUNNING,
        /** It was not running when the shutdown began. */
        NONE
    }

    /**
     * One subsystem.
     *
     * @param subsystem its name
     * @param was its state when the shutdown began
     * @param ended how it ended
     * @param took from its stop request until it had ended, or until the kill; zero if it was never asked to stop
     * @param why what went wrong; empty if nothing did
     */
    public record Entry(String subsystem, SubsystemState was, Ending ended, Duration took, String why) {
    }

    /**
     * A signal that came during the shutdown and made it faster.
     *
     * @param signal the signal; one that comes within a second of the last that counted is ignored as a duplicate
     * @param at when it came
     */
    public record Escalation(ShutdownReason.Signal signal, Instant at) {
    }
}
