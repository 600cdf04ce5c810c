package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.Probe;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Generation;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * Asks one run for its health, again and again while it is RUNNING. The next question waits for the answer to the last, however
 * late, so that a probe that hangs holds one thread and no more. Confined to the mailbox, but for the asking.
 */
final class HealthProbe {

    private final Node node;
    private final Generation generation;
    private final Probe probe;
    private final Platform platform;
    private final Executor mailbox;
    private final Runs runs;
    private HealthSettings settings;
    /** The next question, or the end of patience with the one under way; null if that has passed. */
    private Timer.Timeout armed;
    private int arming;
    private boolean asking;
    private int unhealthy;

    private HealthProbe(Node node, HealthSettings settings, Platform platform, Executor mailbox, Runs runs) {
        this.node = node;
        this.generation = node.generation();
        this.probe = node.spec().behavior().healthy();
        this.settings = settings;
        this.platform = platform;
        this.mailbox = mailbox;
        this.runs = runs;
    }

    /** Begins with the run that has just started; null if it cannot be asked. */
    static HealthProbe watch(Node node, HealthSettings settings, Platform platform, Executor mailbox, Runs runs) {
        if (node.spec().behavior().healthy() == null) {
            return null;
        }
        HealthProbe probe = new HealthProbe(node, settings, platform, mailbox, runs);
        probe.askLater();
        return probe;
    }

    /** What is armed is armed anew, from now; what was counted and said so far stands until the next answer. */
    void settings(HealthSettings changed) {
        if (settings.equals(changed)) {
            return;
        }
        settings = changed;
        if (!asking) {
            askLater();
        } else if (armed != null) {
            expectAnswer();
        }
    }

    void cancel() {
        if (armed != null) {
            armed.cancel();
            armed = null;
        }
    }

    private void askLater() {
        arm(settings.interval(), this::ask);
    }

    private void expectAnswer() {
        Duration timeout = settings.timeout();
        arm(timeout, () -> judge(false, "no answer within " + DurationText.of(timeout)));
    }

    private void ask() {
        asking = true;
        expectAnswer();
        try {
            platform.threads().start(node.spec().settings().thread(), node.name() + "-health", this::call);
        } catch (Throwable noThread) {
            answered(null, Thrown.of(noThread));
        }
    }

    private void call() {
        try {
            CompletionStage<Boolean> answer = probe.probe();
            answer.whenComplete((healthy, failure) -> answered(healthy, Thrown.of(failure)));
        } catch (Throwable failure) {
            answered(null, Thrown.of(failure));
        }
    }

    private void answered(Boolean healthy, Thrown failure) {
        mailbox.execute(() -> {
            if (isCurrent()) {
                asking = false;
                cancel();
                judge(Boolean.TRUE.equals(healthy), failure == null ? "it said so" : failure.summary());
                if (isCurrent()) {
                    askLater();
                }
            }
        });
    }

    private void judge(boolean healthy, String reason) {
        unhealthy = healthy ? 0 : unhealthy + 1;
        boolean known = node.lifecycle().status().healthy();
        if (healthy && !known) {
            node.lifecycle().health(true, "");
        } else if (!healthy && unhealthy >= settings.failures()) {
            if (known) {
                node.lifecycle().health(false, reason);
            }
            // It may have been unhealthy before that was made a failure.
            if (settings.failsSubsystem()) {
                runs.failIfRunning(node, generation, Thrown.of(Errors.unhealthy(node, unhealthy, reason)));
            }
        }
    }

    private void arm(Duration delay, Runnable step) {
        cancel();
        int number = ++arming;
        armed = platform.timer().schedule(() -> mailbox.execute(() -> {
            // It may have been replaced while it was on its way.
            if (armed != null && number == arming && isCurrent()) {
                armed = null;
                step.run();
            }
        }), delay);
    }

    private boolean isCurrent() {
        return node.generation() == generation && node.state() == SubsystemState.RUNNING;
    }
}
