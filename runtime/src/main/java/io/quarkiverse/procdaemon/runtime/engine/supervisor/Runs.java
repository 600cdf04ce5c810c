package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Action;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.Reports.Report;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;
import io.quarkiverse.procdaemon.runtime.engine.time.Excuses;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkiverse.procdaemon.runtime.engine.time.Now;

/**
 * Takes each run from one phase to the next: start, body, shutdown actions and work in flight, clean-up. When a run may begin
 * and when it is to end is {@link Order}'s to say, what follows it {@link Recovery}'s. Confined to the event loop.
 */
final class Runs {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final Order order;
    private final Platform platform;
    private final EventLoop loop;
    private final Now now;
    private final Runnable outOfMemory;
    private final Consumer<Node> running;
    private final Consumer<Node> ended;
    private final Insistence insistence;
    private final ProbeThreads probeThreads;

    /**
     * @param insistence sees to it that a run which is told to end does
     * @param outOfMemory called when the end of work cannot even be reported
     * @param running told of a subsystem that is RUNNING now
     * @param ended told of one whose run has ended and is cleaned up
     */
    Runs(Order order, Platform platform, EventLoop loop, Insistence insistence, Runnable outOfMemory, Consumer<Node> running,
            Consumer<Node> ended) {
        this.order = order;
        this.platform = platform;
        this.loop = loop;
        this.now = loop.now();
        this.insistence = insistence;
        this.outOfMemory = outOfMemory;
        this.running = running;
        this.ended = ended;
        this.probeThreads = new ProbeThreads(platform);
    }

    /** Where probes are called. */
    ProbeThreads probeThreads() {
        return probeThreads;
    }

    /** A phase of a run begins. */
    Report begins(Node node, Generation generation, Phase phase) {
        return new PhaseEnded(this, loop, node, generation, phase);
    }

    /** A run that was told to end has no work left that others do for it; any thread may call this. */
    void drained(Node node, Generation generation) {
        try {
            begins(node, generation, Phase.WORK).ended(null);
        } catch (OutOfMemoryError full) {
            outOfMemory.run();
        }
    }

    /** Work in flight or an action of a run has failed; any thread may call this. */
    void errandHasFailed(Node node, Generation generation, Phase phase, Thrown cause, Runnable known) {
        loop.execute(() -> {
            try {
                errandFailed(node, generation, phase, cause);
            } finally {
                known.run();
            }
        });
    }

    private void errandFailed(Node node, Generation generation, Phase phase, Thrown cause) {
        if (node.generation() == generation && node.state() == SubsystemState.STOPPING) {
            failedWhileStopping(node, phase, cause);
        } else if (node.generation() == generation && node.state() == SubsystemState.RUNNING) {
            fail(node, SubsystemEvent.Phase.RUN, cause);
        } else {
            failedTooLate(generation, phase, cause);
        }
    }

    /** A new run begins. */
    void start(Node node) {
        order.hold(node);
        Generation generation = node.lifecycle().start();
        Action onStart = node.spec().behavior().onStart();
        if (onStart == null) {
            running(node);
        } else {
            awaitStarted(node, generation, node.spec().settings().startTimeout(), new Excuses());
            generation.begin(Phase.START, onStart);
        }
    }

    private void running(Node node) {
        node.enterRunning(now.nanos());
        node.lifecycle().started();
        if (node.isAvailable()) {
            order.available(node);
        }
        watch(node);
        Action run = node.spec().behavior().run();
        if (run != null) {
            node.generation().begin(Phase.RUN, run);
        }
        running.accept(node);
    }

    private void watch(Node node) {
        node.watch = Watch.of(node, platform, loop, this);
    }

    /** What looks after a run, which is RUNNING, goes on by the rules in force now. */
    void settingsChanged(Node node) {
        if (node.watch == null) {
            watch(node);
        } else {
            node.watch.settingsChanged();
        }
    }

    /** The message of {@link PhaseEnded}. */
    void phaseEnded(Node node, Generation generation, Phase phase, Thrown failure) {
        generation.ended(phase, failure);
        if (node.generation() != generation || !node.isActive()) {
            if (failure != null && phase != Phase.RELOAD) {
                failedTooLate(generation, phase, failure);
            }
            return;
        }
        switch (node.state()) {
            case STARTING -> started(node, failure);
            case RUNNING -> {
                if (phase == Phase.RUN) {
                    bodyEnded(node, failure);
                }
            }
            default -> {
                if (phase == Phase.STOP && failure != null) {
                    node.failure = node.lifecycle().fail(SubsystemEvent.Phase.STOP, failure);
                } else if (phase != Phase.RELOAD && failure != null) {
                    failedWhileStopping(node, phase, failure);
                }
                if (node.told) {
                    cleanUp(node);
                }
            }
        }
    }

    /**
     * What a run threw that was to stop, in another phase than its clean-up: nobody may miss it, but it decides nothing. If the
     * run had failed before, that stays the failure to be known by.
     */
    private void failedWhileStopping(Node node, Phase phase, Thrown failure) {
        if (failure.isWayOut()) {
            LOG.debugf(failure.throwable(), "%s left %s as it was stopped", node.generation(), phase);
            return;
        }
        node.generation().threwWhileStopping();
        if (node.failure == null) {
            node.lifecycle().fail(phase == Phase.START ? SubsystemEvent.Phase.START : SubsystemEvent.Phase.RUN, failure);
        } else {
            LOG.warnf(failure.throwable(), "%s has failed already, and now %s threw, too", node.generation(), phase);
        }
    }

    private static void failedTooLate(Generation generation, Phase phase, Thrown failure) {
        LOG.logf(failure.isWayOut() ? Logger.Level.DEBUG : Logger.Level.WARN, failure.throwable(),
                "%s is over or was abandoned, and %s threw",
                generation, phase);
    }

    private void started(Node node, Thrown failure) {
        node.generation().cancelTimeout();
        if (failure == null) {
            running(node);
        } else {
            fail(node, SubsystemEvent.Phase.START, failure);
        }
    }

    private void bodyEnded(Node node, Thrown failure) {
        if (failure != null) {
            fail(node, SubsystemEvent.Phase.RUN, failure);
        } else if (node.ending == null) {
            node.returned = node.spec().settings().restart().policy() == RestartPolicy.ALWAYS;
            node.wanted = node.returned;
            node.leaveRunning(now.nanos());
            ShutdownReason reason = new ShutdownReason.Requested("the end of its body");
            if (node.returned) {
                order.replace(node, reason);
            } else {
                order.bringDown(node, reason);
            }
        }
    }

    private void awaitStarted(Node node, Generation generation, Duration timeout, Excuses excuses) {
        Deadline started = Deadline.after(platform.ticker(), timeout);
        generation.timeoutAfter(timeout, () -> loop.execute(() -> {
            if (node.generation() != generation || node.state() != SubsystemState.STARTING) {
                return;
            }
            if (excuses.accept(platform.ticker().nanos() - started.nanos(), Nanos.of(timeout))) {
                awaitStarted(node, generation, timeout, excuses);
            } else {
                fail(node, SubsystemEvent.Phase.START, Thrown.of(Errors.startTimedOut(node, timeout)));
            }
        }));
    }

    /** What is found out about a run from outside; nothing if it is over or about to be. */
    void failIfRunning(Node node, Generation generation, Thrown cause) {
        if (node.generation() == generation && node.state() == SubsystemState.RUNNING) {
            fail(node, SubsystemEvent.Phase.RUN, cause);
        }
    }

    private void fail(Node node, SubsystemEvent.Phase phase, Thrown cause) {
        boolean wasAvailable = node.isAvailable();
        node.leaveRunning(now.nanos());
        node.failure = node.lifecycle().fail(phase, cause);
        node.startFailed = phase == SubsystemEvent.Phase.START;
        if (wasAvailable) {
            order.lost(node);
        }
        order.replace(node, new ShutdownReason.SubsystemFailed(node.name(), node.failure));
    }

    /** Tells a run, above which nothing runs that it has to wait for, that it is to end. */
    void tell(Node node) {
        node.told = true;
        Generation generation = node.generation();
        generation.cancelTimeout();
        node.leaveRunning(now.nanos());
        if (node.watch != null) {
            node.watch.cancel();
        }
        if (node.state() != SubsystemState.STOPPING) {
            node.lifecycle().stop(node.ending);
        }
        boolean starting = generation.isIn(Phase.START);
        Deadline forced = insistence.forced(node, now.nanos());
        generation.tell(node.ending, forced);
        if (starting) {
            generation.interrupt();
        } else if (generation.isReloading()) {
            // Nobody waits for the answer any more, and it has no handle to learn that from.
            generation.interruptReload();
        }
        insistence.begin(node, forced, now.nanos());
        cleanUp(node);
    }

    private void cleanUp(Node node) {
        Generation generation = node.generation();
        if (!generation.isDone()) {
            return;
        }
        if (generation.takeCleanUp()) {
            generation.begin(Phase.STOP, node.spec().behavior().onStop());
        } else {
            generation.cancelTimeout();
            ended.accept(node);
        }
    }
}
