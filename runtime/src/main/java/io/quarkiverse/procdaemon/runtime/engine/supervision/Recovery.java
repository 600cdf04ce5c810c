package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Generation;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * What comes after a run that has ended and is cleaned up: another one by its policy, the end, or giving up. The budget slides
 * with time and is never refilled by a success; the back-off begins anew after a run that was stable. Confined to the mailbox.
 */
final class Recovery {

    private final Platform platform;
    private final Jitter jitter;
    private final Executor mailbox;
    private final Consumer<Node> resume;

    /** @param resume called in the mailbox when a back-off has passed */
    Recovery(Platform platform, Jitter jitter, Executor mailbox, Consumer<Node> resume) {
        this.platform = platform;
        this.jitter = jitter;
        this.mailbox = mailbox;
        this.resume = resume;
    }

    /** What is known of the restarts of one subsystem. */
    static final class History {
        private final BackOff backOff;
        private final RestartIntensity intensity = new RestartIntensity();
        private Duration delay;
        private Timer.Timeout timeout;

        private History(Jitter jitter) {
            backOff = new BackOff(jitter);
        }
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
            String obstacle = obstacle(node, settings);
            if (obstacle == null) {
                restart(node, settings);
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

    /** Why it may not be started again; null if it may, which then counts. */
    private String obstacle(Node node, RestartSettings settings) {
        if (settings.policy() == RestartPolicy.NEVER) {
            return "its restart policy is NEVER";
        }
        if (node.history == null) {
            node.history = new History(jitter);
        }
        return node.history.intensity.permit(platform.ticker().nanos(), settings) ? null
                : "it was restarted " + settings.maxRestarts() + " times within " + DurationText.of(settings.window())
                        + ", which is all that subsystem.restart.max-restarts allows";
    }

    private void giveUp(Node node, String reason) {
        if (node.failure == null) {
            node.lifecycle().fail(SubsystemEvent.Phase.RUN, Thrown.of(Errors.returned(node)));
        }
        node.wanted = false;
        node.lifecycle().giveUp(reason);
    }

    private void restart(Node node, RestartSettings settings) {
        if (node.uptime() >= Nanos.of(settings.stableAfter())) {
            node.history.backOff.reset();
        }
        node.history.delay = node.history.backOff.next(settings);
        node.lifecycle().restartAfter(node.history.delay, node.history.backOff.attempt());
    }

    /** A RESTARTING subsystem is to come back when its delay has passed. */
    void resumeLater(Node node) {
        Duration delay = node.history.delay;
        if (delay.isZero()) {
            resume.accept(node);
            return;
        }
        Generation ended = node.generation();
        node.history.timeout = platform.timer().schedule(() -> mailbox.execute(() -> {
            // Started by hand meanwhile it is WAITING or in another run, stopped by hand it is STOPPED.
            if (node.generation() == ended && node.state() == SubsystemState.RESTARTING) {
                resume.accept(node);
            }
        }), delay);
    }

    /** It is not to come back by itself, or need not wait any more. */
    void cancel(Node node) {
        if (node.history != null && node.history.timeout != null) {
            node.history.timeout.cancel();
            node.history.timeout = null;
        }
    }

    /** A hand has started it: earlier restarts do not count any more. */
    void forget(Node node) {
        cancel(node);
        node.history = null;
    }
}
