package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;
import io.quarkiverse.procdaemon.runtime.engine.time.Excuses;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * Asks one run for its health, again and again while it is RUNNING. The next question waits for the end of the last, also for
 * that of an earlier run. One that is not answered in time is interrupted and counts as a failure, and as one more after each
 * interval that passes until it ends; an answer that comes after that counts for nothing. Confined to the event loop.
 */
final class HealthProbe {

    private final Node node;
    private final Generation generation;
    private final Platform platform;
    private final Executor loop;
    private final Runs runs;
    private final Excuses excuses = new Excuses();
    private HealthSettings settings;
    /** The next question, or the end of patience with the one under way; null if nothing is waited for. */
    private Timer.Timeout armed;
    private int arming;
    private long due;
    /** The question of this run that is under way; null if there is none. */
    private ProbeCall asked;
    /** How many failures it has been so far. */
    private int silences;
    private int unhealthy;

    private HealthProbe(Node node, HealthSettings settings, Platform platform, Executor loop, Runs runs) {
        this.node = node;
        this.generation = node.generation();
        this.settings = settings;
        this.platform = platform;
        this.loop = loop;
        this.runs = runs;
    }

    /** Begins with the run that has just started; null if it cannot be asked. */
    static HealthProbe watch(Node node, HealthSettings settings, Platform platform, Executor loop, Runs runs) {
        if (node.spec().behavior().healthy() == null) {
            return null;
        }
        HealthProbe probe = new HealthProbe(node, settings, platform, loop, runs);
        probe.askLater();
        return probe;
    }

    /** What is waited for is waited for by the new settings, from now; what was counted and said so far stands. */
    void settings(HealthSettings changed) {
        if (settings.equals(changed)) {
            return;
        }
        settings = changed;
        if (asked == null) {
            askLater();
        } else {
            expectAnswer();
        }
    }

    /** The run is to end. A question under way is still interrupted at its timeout. */
    void cancel() {
        if (asked == null || silences > 0) {
            disarm();
        }
    }

    private void askLater() {
        arm(settings.interval(), this::ask);
    }

    private void expectAnswer() {
        arm(silences == 0 ? settings.timeout() : settings.interval(), this::unanswered);
    }

    private void ask(Duration interval) {
        ProbeCall earlier = node.probeCall();
        if (earlier == null) {
            begin();
            return;
        }
        if (!excuses.accept(late(), Nanos.of(interval))) {
            judge(false, "no answer: the health check of generation " + earlier.generation().number()
                    + " has not returned yet");
        }
        if (isCurrent()) {
            askLater();
        }
    }

    private void begin() {
        asked = new ProbeCall(this, generation, node.spec().behavior().healthy(), node.name(), platform.ticker().nanos());
        node.probeCall(asked);
        silences = 0;
        expectAnswer();
        try {
            runs.probeThreads().begin(asked);
        } catch (Throwable noThread) {
            asked.fail(noThread);
        }
    }

    private void unanswered(Duration waited) {
        long late = silences == 0 ? Math.max(late(), asked.waited(platform.ticker().nanos())) : late();
        if (excuses.accept(late, Nanos.of(waited))) {
            expectAnswer();
            return;
        }
        silences++;
        judge(false, silences == 1 ? "no answer within " + DurationText.of(waited)
                : "no answer for " + DurationText.of(Duration.ofNanos(platform.ticker().nanos() - asked.made()))
                        + "; its health check was interrupted and has not returned");
        if (silences == 1) {
            giveUp();
        }
        if (isCurrent() && asked != null) {
            expectAnswer();
        }
    }

    /** On a thread of its own, because an interrupt closes channels and a cancellation calls back. */
    private void giveUp() {
        ProbeCall call = asked;
        call.unwanted();
        if (runs.probeThreads().giveUp(call)) {
            call.fail(new IllegalStateException("there was no thread for it"));
        } else {
            platform.threads().startOrRun(node.name() + "-interrupt", call::interrupt);
        }
    }

    /** A question has ended, also one of a run that has ended. Any thread may call this. */
    void answered(ProbeCall.Answer answer) {
        loop.execute(() -> {
            asked = null;
            node.probeCall(null);
            disarm();
            excuses.alive();
            if (silences == 0 && isCurrent()) {
                judge(answer.healthy(), answer.reason());
            }
            if (isCurrent()) {
                askLater();
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

    private interface Step {
        void take(Duration waited);
    }

    private void arm(Duration delay, Step step) {
        disarm();
        int number = ++arming;
        due = platform.ticker().nanos() + Nanos.of(delay);
        armed = platform.timer().schedule(() -> loop.execute(() -> {
            // It may have been replaced while it was on its way.
            if (armed != null && number == arming) {
                armed = null;
                if (isCurrent()) {
                    step.take(delay);
                } else if (asked != null) {
                    giveUp();
                }
            }
        }), delay);
    }

    private long late() {
        return platform.ticker().nanos() - due;
    }

    private void disarm() {
        if (armed != null) {
            armed.cancel();
            armed = null;
        }
    }

    private boolean isCurrent() {
        return node.generation() == generation && node.state() == SubsystemState.RUNNING;
    }
}
