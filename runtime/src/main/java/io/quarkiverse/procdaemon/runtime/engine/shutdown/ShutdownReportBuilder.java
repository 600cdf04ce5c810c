package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Escalation;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.SubsystemRegistry;

/**
 * Who was there when the shutdown began, and what has become of each since. Filled on the event loop before it is published;
 * after that any thread may ask.
 */
final class ShutdownReportBuilder {

    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(500);

    /** What each was then, in start order. */
    private final Map<ManagedSubsystem, Status> before = new LinkedHashMap<>();

    /** Those who are there now, and what they are. */
    ShutdownReportBuilder(SubsystemRegistry registry) {
        this(Map.of(), registry);
    }

    private ShutdownReportBuilder(Map<ManagedSubsystem, Status> known, SubsystemRegistry registry) {
        before.putAll(known);
        for (ManagedSubsystem subsystem : registry.inStartOrder()) {
            before.putIfAbsent(subsystem, subsystem.status());
        }
    }

    /** The same and those that have been registered since. */
    ShutdownReportBuilder completed(SubsystemRegistry registry) {
        return new ShutdownReportBuilder(before, registry);
    }

    /** Those that have not ended. */
    List<ManagedSubsystem> active() {
        List<ManagedSubsystem> active = new ArrayList<>();
        for (ManagedSubsystem subsystem : before.keySet()) {
            if (subsystem.status().state().isActive()) {
                active.add(subsystem);
            }
        }
        return active;
    }

    /**
     * Waits for a moment at most until health checks that were called just now have returned: those do not hang. Those that
     * wait for the end of the process count as returned.
     *
     * @param exits whether a thread with that stack does so
     */
    ShutdownReportBuilder awaitProbes(Predicate<StackTraceElement[]> exits) {
        long end = System.nanoTime() + MOMENT;
        for (ManagedSubsystem subsystem : before.keySet()) {
            if (subsystem.health() != null) {
                subsystem.health().leaveWhatExits(exits);
                subsystem.health().awaitReturn(end - System.nanoTime());
            }
        }
        return this;
    }

    /** How the shutdown went, or has gone so far. */
    ShutdownReport report(String daemon, ShutdownRequest cause, Duration took, boolean killed, List<Escalation> escalations) {
        List<Entry> entries = entries(cause.at().plus(took));
        Outcome outcome = killed ? Outcome.KILLED
                : cause.isFailure() ? Outcome.FAILED : isClean(entries) ? Outcome.CLEAN : Outcome.UNCLEAN;
        return new ShutdownReport(daemon, ProcessHandle.current().pid(), outcome, Optional.of(cause.reason()),
                killed ? OptionalInt.of(KillSwitch.EXIT_CODE) : cause.exitCode(), cause.at(), cause.duringStart(), took,
                entries,
                killed ? Blockers.of(active()) : List.of(), escalations);
    }

    /** Also not if something threw that was restarted and then stopped as it should. */
    private boolean isClean(List<Entry> entries) {
        for (Entry entry : entries) {
            if (entry.ended() != Ending.STOPPED && entry.ended() != Ending.NONE) {
                return false;
            }
        }
        for (ManagedSubsystem subsystem : before.keySet()) {
            if (hasFailedSince(subsystem)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasFailedSince(ManagedSubsystem subsystem) {
        Status now = subsystem.status();
        return now.failures() > before.get(subsystem).failures();
    }

    private List<Entry> entries(Instant at) {
        List<Entry> entries = new ArrayList<>(before.size());
        for (ManagedSubsystem subsystem : before.keySet()) {
            Status now = subsystem.status();
            entries.add(entry(subsystem, before.get(subsystem), now, at));
        }
        return entries;
    }

    private static Entry entry(ManagedSubsystem subsystem, Status was, Status now, Instant at) {
        Ending ending = ending(subsystem, was, now);
        String probe = subsystem.health() == null ? "" : subsystem.health().unreturned();
        if (!probe.isEmpty() && (ending == Ending.STOPPED || ending == Ending.NONE)) {
            return new Entry(subsystem.name(), was.state(), Ending.ABANDONED, took(ending, now, at), probe);
        }
        return new Entry(subsystem.name(), was.state(), ending, took(ending, now, at), why(ending, subsystem, was, now));
    }

    private static Duration took(Ending ending, Status now, Instant at) {
        return switch (ending) {
            case NONE -> Duration.ZERO;
            case RUNNING -> now.state() == SubsystemState.STOPPING ? Duration.between(now.since(), at) : Duration.ZERO;
            default -> Duration.ofNanos(now.took());
        };
    }

    private static Ending ending(ManagedSubsystem subsystem, Status was, Status now) {
        if (now.state().isActive()) {
            return Ending.RUNNING;
        }
        if (!was.state().isActive() && now.generation() == was.generation()) {
            return Ending.NONE;
        }
        if (now.state() == SubsystemState.FAILED && now.lastFailure().phase() == SubsystemEvent.Phase.STOP) {
            if (now.lastThrown() instanceof SubsystemException late && late.code() == ErrorCode.STOP_TIMED_OUT) {
                return Ending.ABANDONED;
            }
            return subsystem.run().isForced() ? Ending.FORCED : Ending.FAILED;
        }
        if (subsystem.run().isForced()) {
            return Ending.FORCED;
        }
        return threwLast(subsystem, was, now) ? Ending.FAILED : Ending.STOPPED;
    }

    /** Whether its last run threw. */
    private static boolean threwLast(ManagedSubsystem subsystem, Status was, Status now) {
        return subsystem.run().hasThrownWhileStopping()
                || now.failures() > was.failures() && now.lastFailure().generation() == now.generation();
    }

    private static String why(Ending ending, ManagedSubsystem subsystem, Status was, Status now) {
        return switch (ending) {
            case FAILED -> message(now);
            case FORCED -> "it did not end in time and was interrupted"
                    + (now.failures() > was.failures() ? "; " + message(now) : "");
            case ABANDONED -> "it ignored its interrupt and was abandoned" + activity(subsystem, " in ");
            case RUNNING -> "it is " + now.state() + activity(subsystem, ", in ");
            case NONE -> was.state() == SubsystemState.FAILED || was.state() == SubsystemState.RESTARTING ? message(was) : "";
            case STOPPED -> now.failures() > was.failures() ? message(now) : "";
        };
    }

    private static String activity(ManagedSubsystem subsystem, String before) {
        String activity = subsystem.run().activity();
        return activity.isEmpty() ? "" : before + activity;
    }

    private static String message(Status status) {
        Failure failure = status.lastFailure();
        return failure == null ? "" : Thrown.summary(failure);
    }
}
