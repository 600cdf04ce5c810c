package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
import io.quarkiverse.procdaemon.runtime.engine.foreign.FailureText;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Family;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Node;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.NodeList;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * Who was there when the shutdown began, and what has become of each since. Filled on the event loop before it is published;
 * after that any thread may ask.
 */
final class RollCall {

    private static final Duration MOMENT = Duration.ofMillis(500);

    private final List<Node> nodes;
    /** Those that came after the mark, and what each was when that was noted. */
    private final Map<Node, Status> newcomers;

    /** Those who are there now. What each is has to be marked at the same time, or is what it is when it is asked for. */
    RollCall(Family family) {
        this(family.inStartOrder().now(), Map.of());
    }

    private RollCall(List<Node> nodes, Map<Node, Status> newcomers) {
        this.nodes = nodes;
        this.newcomers = newcomers;
    }

    /** The same and those that have been registered since; to be called once. */
    RollCall completed(Family family) {
        if (isOf(family.inStartOrder())) {
            return this;
        }
        List<Node> all = new ArrayList<>(nodes);
        Map<Node, Status> others = new IdentityHashMap<>();
        Set<Node> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(nodes);
        family.inStartOrder().stream().filter(known::add).forEach(node -> {
            all.add(node);
            others.put(node, node.lifecycle().status());
        });
        return new RollCall(all, others);
    }

    private boolean isOf(NodeList others) {
        int i = 0;
        for (Node other : others) {
            if (i == nodes.size() || nodes.get(i++) != other) {
                return false;
            }
        }
        return i == nodes.size();
    }

    /** Those that have not ended. */
    List<Node> active() {
        return nodes.stream().filter(node -> node.lifecycle().state().isActive()).toList();
    }

    /**
     * Waits for a moment at most until health checks that were called just now have returned: those do not hang. Those that
     * wait for the end of the process count as returned.
     *
     * @param exits whether a thread with that stack does so
     */
    RollCall awaitProbes(Predicate<StackTraceElement[]> exits) {
        Deadline end = Deadline.after(Clock.SYSTEM, MOMENT);
        Uninterrupted.await(() -> {
            for (Node node : nodes) {
                node.leaveProbeThatExits(exits);
                node.awaitProbe(Nanos.of(end.remaining()));
            }
            return true;
        });
        return this;
    }

    /** How the shutdown went, or has gone so far. */
    ShutdownReport report(String daemon, Cause cause, Duration took, boolean killed, List<Escalation> escalations) {
        List<Entry> entries = entries(cause.at().plus(took));
        Outcome outcome = killed ? Outcome.KILLED
                : cause.isFailure() ? Outcome.FAILED : isClean(entries) ? Outcome.CLEAN : Outcome.UNCLEAN;
        return new ShutdownReport(daemon, ProcessHandle.current().pid(), outcome, Optional.of(cause.reason()),
                killed ? OptionalInt.of(KillSwitch.EXIT_CODE) : cause.exitCode(), cause.at(), took, entries,
                killed ? Holders.of(active()) : List.of(), escalations);
    }

    /** Also not if something threw that was restarted and then stopped as it should. */
    private boolean isClean(List<Entry> entries) {
        return entries.stream().map(Entry::ended).allMatch(ended -> ended == Ending.STOPPED || ended == Ending.NONE)
                && nodes.stream().noneMatch(this::hasFailedSince);
    }

    private boolean hasFailedSince(Node node) {
        Status now = node.lifecycle().status();
        return now.failures() > was(node, now).failures();
    }

    private List<Entry> entries(Instant at) {
        List<Entry> entries = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            Status now = node.lifecycle().status();
            entries.add(entry(node, was(node, now), now, at));
        }
        return entries;
    }

    private Status was(Node node, Status now) {
        Status noted = newcomers.get(node);
        return noted == null ? node.lifecycle().atMark(now) : noted;
    }

    private static Entry entry(Node node, Status was, Status now, Instant at) {
        Ending ending = ending(node, was, now);
        String probe = node.runningProbe();
        if (!probe.isEmpty() && (ending == Ending.STOPPED || ending == Ending.NONE)) {
            return new Entry(node.name(), was.state(), Ending.ABANDONED, took(ending, now, at), probe);
        }
        return new Entry(node.name(), was.state(), ending, took(ending, now, at), why(ending, node, was, now));
    }

    private static Duration took(Ending ending, Status now, Instant at) {
        return switch (ending) {
            case NONE -> Duration.ZERO;
            case RUNNING -> now.state() == SubsystemState.STOPPING ? Duration.between(now.since(), at) : Duration.ZERO;
            default -> Duration.ofNanos(now.took());
        };
    }

    private static Ending ending(Node node, Status was, Status now) {
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
            return node.lifecycle().generation().isForced() ? Ending.FORCED : Ending.FAILED;
        }
        if (node.lifecycle().generation().isForced()) {
            return Ending.FORCED;
        }
        return threwLast(node, was, now) ? Ending.FAILED : Ending.STOPPED;
    }

    /** Whether its last run threw. */
    private static boolean threwLast(Node node, Status was, Status now) {
        return node.lifecycle().generation().hasThrownWhileStopping()
                || now.failures() > was.failures() && now.lastFailure().generation() == now.generation();
    }

    private static String why(Ending ending, Node node, Status was, Status now) {
        return switch (ending) {
            case FAILED -> message(now);
            case FORCED -> "it did not end in time and was interrupted"
                    + (now.failures() > was.failures() ? "; " + message(now) : "");
            case ABANDONED -> "it ignored its interrupt and was abandoned" + activity(node, " in ");
            case RUNNING -> "it is " + now.state() + activity(node, ", in ");
            case NONE -> was.state() == SubsystemState.FAILED || was.state() == SubsystemState.RESTARTING ? message(was) : "";
            case STOPPED -> now.failures() > was.failures() ? message(now) : "";
        };
    }

    private static String activity(Node node, String before) {
        String activity = node.lifecycle().generation().activity();
        return activity.isEmpty() ? "" : before + activity;
    }

    private static String message(Status status) {
        Failure failure = status.lastFailure();
        return failure == null ? "" : FailureText.of(failure);
    }
}
