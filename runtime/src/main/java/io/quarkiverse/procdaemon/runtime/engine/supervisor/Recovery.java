package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;

/**
 * What comes after a run that has ended and is cleaned up: another one by its policy, the end, or giving up. Confined to the
 * event loop.
 */
final class Recovery {

    private final Platform platform;
    private final BackOff backOff;
    private final Executor loop;
    private final Milestones milestones;
    private final Consumer<Node> resume;

    /**
     * @param milestones asked whether a start that failed is tried again
     * @param resume called on the event loop when a back-off has passed
     */
    Recovery(Platform platform, Jitter jitter, Executor loop, Milestones milestones, Consumer<Node> resume) {
        this.platform = platform;
        this.backOff = new BackOff(jitter);
        this.loop = loop;
        this.milestones = milestones;
        this.resume = resume;
    }

    /**
     * Makes a subsystem whose run has ended STOPPED, RESTARTING or FAILED.
     *
     * @return the rules by which it gave up, and is FAILED though it is wanted; null if it did not
     */
    RestartSettings conclude(Node node) {
        if (node.failure == null && !node.returned) {
            node.lifecycle().stopped();
            return null;
        }
        return conclude(node, node.spec().settings().restart());
    }

    private RestartSettings conclude(Node node, RestartSettings settings) {
        boolean unclean = node.failure != null && node.failure.phase() == SubsystemEvent.Phase.STOP;
        if (node.returned && settings.policy() != RestartPolicy.ALWAYS && node.failure == null && !node.again) {
            // Since its body returned the policy has changed, and by this one that was the end.
            node.wanted = false;
        }
        if (node.wanted && (unclean || !node.again)) {
            long nanos = platform.ticker().nanos();
            String obstacle = obstacle(node, nanos, settings);
            if (obstacle == null) {
                restart(node, nanos, settings);
                return null;
            }
            giveUp(node, obstacle);
            return settings;
        }
        if (unclean) {
            giveUp(node, "its clean-up failed");
        } else {
            node.lifecycle().stopped();
        }
        return null;
    }

    /** Why it may not be started again; null if it may. */
    private String obstacle(Node node, long nanos, RestartSettings settings) {
        if (settings.policy() == RestartPolicy.NEVER) {
            return "its restart policy is NEVER";
        }
        if (node.startFailed && milestones.startsOnce(node)) {
            return "its start failed, which is not tried again because start.retry is false, as by default in dev mode and tests";
        }
        RestartBudget budget = node.lifecycle().status().budget();
        if (budget.left(nanos, settings).orElse(1) > 0) {
            return null;
        }
        return "it was restarted " + used(budget, nanos, settings)
                + ", which is all that subsystem.restart.max-restarts allows";
    }

    private static String used(RestartBudget budget, long nanos, RestartSettings settings) {
        int recent = budget.inWindow(nanos, settings);
        return recent >= settings.maxRestarts() ? recent + " times within " + DurationText.of(settings.window())
                : budget.inARow() + " times in a row without being RUNNING for " + DurationText.of(settings.stableAfter())
                        + " in between";
    }

    private void giveUp(Node node, String reason) {
        if (node.failure == null) {
            node.lifecycle().fail(SubsystemEvent.Phase.RUN, Thrown.of(Errors.returned(node)));
        }
        node.wanted = false;
        node.lifecycle().giveUp(reason);
    }

    private void restart(Node node, long nanos, RestartSettings settings) {
        RestartBudget spent = node.lifecycle().status().budget().spend(nanos, settings);
        node.lifecycle().restartAfter(backOff.delay(spent.inARow(), settings), spent);
    }

    /** A RESTARTING subsystem is to come back when its delay has passed. */
    void resumeLater(Node node) {
        Status status = node.lifecycle().status();
        Duration delay = Duration.ofNanos(status.nextAttempt() - status.at());
        if (delay.isZero()) {
            resume.accept(node);
            return;
        }
        Generation ended = node.generation();
        node.backOff = platform.timer().schedule(() -> loop.execute(() -> {
            // Started through the API meanwhile it is WAITING or in another run, stopped through it it is STOPPED.
            if (node.generation() == ended && node.state() == SubsystemState.RESTARTING) {
                resume.accept(node);
            }
        }), delay);
    }

    /** It is not to come back by itself, or need not wait any more. */
    void cancel(Node node) {
        if (node.backOff != null) {
            node.backOff.cancel();
            node.backOff = null;
        }
    }

    /** It was started through the API: earlier restarts do not count any more. */
    void forget(Node node) {
        cancel(node);
        node.lifecycle().forgetRestarts();
    }
}
