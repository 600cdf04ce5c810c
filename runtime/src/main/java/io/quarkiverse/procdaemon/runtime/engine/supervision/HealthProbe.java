package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.quarkiverse.procdaemon.SubsystemState;
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
final class HealthProbe implements Watch {

    private final Node node;
    private final Generation generation;
    private final Probe probe;
    private final HealthSettings settings;
    private final Platform platform;
    private final Executor mailbox;
    private final Runs runs;
    private Timer.Timeout next;
    private Timer.Timeout late;
    private int unhealthy;

    private HealthProbe(Node node, Platform platform, Executor mailbox, Runs runs) {
        this.node = node;
        this.generation = node.generation();
        this.probe = node.spec().behavior().healthy();
        this.settings = node.spec().settings().health();
        this.platform = platform;
        this.mailbox = mailbox;
        this.runs = runs;
    }

    /** Begins with the run that has just started; null if it cannot be asked. */
    static HealthProbe watch(Node node, Platform platform, Executor mailbox, Runs runs) {
        if (node.spec().behavior().healthy() == null) {
            return null;
        }
        HealthProbe probe = new HealthProbe(node, platform, mailbox, runs);
        probe.askLater();
        return probe;
    }

    @Override
    public void cancel() {
        next.cancel();
        if (late != null) {
            late.cancel();
        }
    }

    private void askLater() {
        next = after(settings.interval(), this::ask);
    }

    private void ask() {
        late = after(settings.timeout(),
                () -> judge(false, "no answer within " + DurationText.of(settings.timeout())));
        try {
            platform.threads().start(node.spec().settings().thread(), node.name() + "-health", this::call);
        } catch (Throwable noThread) {
            answered(null, noThread);
        }
    }

    private void call() {
        try {
            CompletionStage<Boolean> answer = probe.probe();
            answer.whenComplete((healthy, failure) -> answered(healthy, failure));
        } catch (Throwable failure) {
            answered(null, failure);
        }
    }

    private void answered(Boolean healthy, Throwable failure) {
        mailbox.execute(() -> {
            if (isCurrent()) {
                late.cancel();
                judge(Boolean.TRUE.equals(healthy), failure == null ? "it said so" : failure.toString());
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
        } else if (known && unhealthy >= settings.failures()) {
            node.lifecycle().health(false, reason);
            if (settings.failsSubsystem()) {
                runs.failIfRunning(node, generation, Errors.unhealthy(node, unhealthy, reason));
            }
        }
    }

    private Timer.Timeout after(Duration delay, Runnable step) {
        return platform.timer().schedule(() -> mailbox.execute(() -> {
            if (isCurrent()) {
                step.run();
            }
        }), delay);
    }

    private boolean isCurrent() {
        return node.generation() == generation && node.state() == SubsystemState.RUNNING;
    }
}
