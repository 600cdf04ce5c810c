package io.quarkiverse.procdaemon.runtime.systemd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * Decides what to tell systemd, and when. Has neither a thread nor a clock. All moments are nanoseconds of the monotonic clock.
 * Any thread may call {@link #hear}; the rest is for one.
 */
final class Conversation {

    static final long EXTENDS_EVERY = TimeUnit.SECONDS.toNanos(5);
    static final long EXTENDS_BY = TimeUnit.SECONDS.toNanos(15);
    /** No quick start needs more time, and systemd allows at least as much. */
    static final long FIRST_EXTENSION = TimeUnit.SECONDS.toNanos(1);
    static final long STATUS_EVERY = TimeUnit.SECONDS.toNanos(1);
    /** While the application does the rest of its start. */
    static final long APPLICATION_LOOK = TimeUnit.MILLISECONDS.toNanos(10);
    /** Whether the event loop goes on again. */
    private static final long STUCK_LOOK = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final DaemonInternals daemon;
    private final BooleanSupplier applicationStarted;
    private final Supplier<ShutdownBudget> budget;
    private final Watchdog watchdog;
    private final Deque<Notice> notices = new ArrayDeque<>();
    private Phase phase = Phase.STARTING;
    private String note = "";
    /** The resources of which more is used than a soft limit allows. */
    private final Set<String> exceeded = new TreeSet<>();
    private String stop = "";
    private String status = "";
    private long nextStatus;
    private long nextExtension;
    private boolean changed;

    private enum Phase {
        STARTING,
        READY,
        RELOADING,
        STOPPING
    }

    /** What has happened to the daemon. */
    sealed interface Notice {
        record ReloadBegan() implements Notice {
        }

        /** @param note what is to be said of it from now on; empty if nothing is */
        record ReloadEnded(String note) implements Notice {
        }

        /** @param what why and how the daemon stops */
        record Stopping(String what) implements Notice {
        }

        /** Whether more of a resource is used than a soft limit allows. */
        record Limit(String resource, boolean exceeded) implements Notice {
        }

        /** Something else, which may change the status. */
        record Changed() implements Notice {
        }
    }

    /**
     * @param applicationStarted whether the application has done the rest of its start, too
     * @param budget how long a stop may take, if it begins now
     */
    Conversation(DaemonInternals daemon, BooleanSupplier applicationStarted, Supplier<ShutdownBudget> budget,
            Watchdog watchdog, long now) {
        this.daemon = daemon;
        this.applicationStarted = applicationStarted;
        this.budget = budget;
        this.watchdog = watchdog;
        this.nextExtension = now + FIRST_EXTENSION;
        this.nextStatus = now + FIRST_EXTENSION;
    }

    /** Takes note of something; what is to be said of it is due at once. */
    void hear(Notice notice) {
        synchronized (notices) {
            notices.add(notice);
        }
    }

    /** The messages that are due, in their order. */
    List<String> due(long now) {
        List<String> messages = new ArrayList<>();
        if (phase == Phase.STARTING && daemon.hasStarted() && applicationStarted.getAsBoolean()) {
            phase = Phase.READY;
            messages.add("READY=1\n" + status(now));
        }
        for (Notice notice = next(); notice != null; notice = next()) {
            say(notice, now, messages);
        }
        if (mayTakeLong() && now - nextExtension >= 0) {
            nextExtension = now + EXTENDS_EVERY;
            messages.add(extension(EXTENDS_BY));
        }
        if (statusChanges() && now - nextStatus >= 0) {
            String before = status;
            String text = status(now);
            if (!status.equals(before)) {
                messages.add(text);
            }
        }
        if (phase != Phase.STARTING && watchdog.isDue(now) && watchdog.isSatisfied(now, ailment())) {
            messages.add("WATCHDOG=1");
        }
        return messages;
    }

    /** The status may not have been read: it is due again. */
    void repeatStatus() {
        status = "";
        changed = true;
    }

    /** How long nothing will be due, unless something happens. */
    long idle(long now) {
        long idle = LONGEST;
        if (phase == Phase.STARTING && daemon.hasStarted()) {
            idle = APPLICATION_LOOK;
        }
        if (mayTakeLong()) {
            idle = Math.min(idle, nextExtension - now);
        } else if (phase == Phase.STARTING || phase == Phase.RELOADING) {
            idle = Math.min(idle, STUCK_LOOK);
        }
        if (statusChanges()) {
            idle = Math.min(idle, nextStatus - now);
        }
        if (phase != Phase.STARTING) {
            idle = Math.min(idle, watchdog.idle(now));
        }
        return Math.max(0, idle);
    }

    /** Whether it has been said what has happened so far. */
    boolean isUpToDate() {
        synchronized (notices) {
            return notices.isEmpty();
        }
    }

    // Before it is ready only the end is worth a message.
    private @Nullable Notice next() {
        synchronized (notices) {
            if (phase == Phase.STARTING) {
                notices.removeIf(notice -> notice instanceof Notice.Changed);
                if (notices.stream().noneMatch(Notice.Stopping.class::isInstance)) {
                    changed = true;
                    return null;
                }
                notices.removeIf(notice -> !(notice instanceof Notice.Stopping));
            }
            return notices.poll();
        }
    }

    private void say(Notice notice, long now, List<String> messages) {
        if (notice instanceof Notice.Stopping stopping) {
            stop = stopping.what();
            boolean begins = phase != Phase.STOPPING;
            phase = Phase.STOPPING;
            String text = status(now);
            if (begins) {
                messages.add("STOPPING=1\n" + text + "\n" + extension(Durations.nanos(budget.get().total())));
            } else {
                messages.add(text);
            }
        } else if (notice instanceof Notice.Limit limit) {
            changed |= limit.exceeded() ? exceeded.add(limit.resource()) : exceeded.remove(limit.resource());
        } else if (phase == Phase.STOPPING) {
            changed |= notice instanceof Notice.Changed;
        } else if (notice instanceof Notice.ReloadBegan) {
            phase = Phase.RELOADING;
            nextExtension = now + EXTENDS_EVERY;
            status = "Reloading the configuration";
            messages.add("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(now) + "\nSTATUS=" + status);
        } else if (notice instanceof Notice.ReloadEnded ended) {
            note = ended.note();
            phase = Phase.READY;
            messages.add("READY=1\n" + status(now));
        } else {
            changed = true;
        }
    }

    /** Whether the phase is one for which systemd has a timeout, though the daemon sees to its end. */
    private boolean mayTakeLong() {
        return (phase == Phase.STARTING || phase == Phase.RELOADING) && !daemon.isStuck();
    }

    private boolean statusChanges() {
        return changed && phase != Phase.RELOADING
                || phase == Phase.READY && daemon.state() == DaemonState.DRAINING;
    }

    private String status(long now) {
        changed = false;
        nextStatus = now + STATUS_EVERY;
        status = phase == Phase.STOPPING ? StatusText.stopping(stop, daemon.subsystems())
                : StatusText.of(daemon.state(), daemon.inFlight(), daemon.subsystems(), StatusText.notes(exceeded, note));
        return "STATUS=" + status;
    }

    private static String extension(long nanos) {
        return "EXTEND_TIMEOUT_USEC=" + TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    /** Why the daemon does not count as alive; empty if it does. A shutdown has a limit of its own. */
    private Optional<String> ailment() {
        if (phase == Phase.STOPPING) {
            return Optional.empty();
        }
        if (daemon.isStuck()) {
            return Optional.of("the event loop of the daemon hangs");
        }
        return daemon.hungRun().map(name -> "the critical subsystem '" + name + "' hangs, and no interrupt ends it");
    }
}
