package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.HealthCheck;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.HealthMonitor;
import io.quarkiverse.procdaemon.runtime.engine.run.HeartbeatMonitor;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.ProbeThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * What looks after runs while they are RUNNING: calls their health checks, looks for their heartbeats, and says what that
 * means. Confined to the event loop.
 */
final class RunMonitors {

    private final Platform platform;
    private final EventLoop<Message> loop;
    private final ProbeThreads threads;
    private final DoubleSupplier jitter;

    /** @param jitter a number from 0, included, to 1, excluded, that spreads health checks */
    RunMonitors(Platform platform, EventLoop<Message> loop, DoubleSupplier jitter) {
        this.platform = platform;
        this.loop = loop;
        this.threads = new ProbeThreads(platform, loop);
        this.jitter = jitter;
    }

    /** It is RUNNING from now on. */
    void begin(ManagedSubsystem subsystem) {
        SubsystemSettings settings = subsystem.spec().settings();
        HealthCheck probe = subsystem.spec().behavior().healthy();
        if (probe != null) {
            if (subsystem.health() == null) {
                subsystem.healthCalledBy(new HealthMonitor(subsystem.name(), probe, platform, loop, threads, jitter));
            }
            subsystem.health().begin(subsystem.run(), settings.health());
        }
        expectHeartbeats(subsystem, settings.heartbeatTimeout());
        RestartBudget budget = subsystem.status().budget();
        if (budget.isInOutage() && subsystem.run().isProven()) {
            subsystem.timeout(loop.after(budget.proof(settings.restart()), new Message.Recovered(subsystem.run())));
        }
    }

    private void expectHeartbeats(ManagedSubsystem subsystem, @Nullable Duration timeout) {
        subsystem.heartbeats = timeout == null ? null
                : new HeartbeatMonitor(subsystem.run(), timeout, platform.clock(), loop);
    }

    /**
     * Settings may have changed; a new heartbeat timeout counts from now, what waits for a configured time asks for it again.
     */
    void settingsChanged(List<ManagedSubsystem> subsystems) {
        for (ManagedSubsystem subsystem : subsystems) {
            if (subsystem.state() == SubsystemState.RUNNING) {
                settingsChanged(subsystem);
            }
            if (subsystem.isActive()) {
                subsystem.run().configurationChanged();
            }
        }
    }

    private void settingsChanged(ManagedSubsystem subsystem) {
        SubsystemSettings settings = subsystem.spec().settings();
        if (subsystem.health() != null) {
            subsystem.health().settingsChanged(settings.health());
        }
        HeartbeatMonitor before = subsystem.heartbeats;
        if (!Objects.equals(settings.heartbeatTimeout(), before == null ? null : before.timeout())) {
            if (before != null) {
                before.end();
            }
            expectHeartbeats(subsystem, settings.heartbeatTimeout());
        }
    }

    /**
     * The start of a run takes too long.
     *
     * @return why the run has failed; null if it has not
     */
    @Nullable
    Thrown startOverdue(Message.StartOverdue overdue, ManagedSubsystem subsystem, SubsystemRegistry registry) {
        if (subsystem.state() != SubsystemState.STARTING) {
            return null;
        }
        long late = platform.clock().nanos() - subsystem.timeoutDue();
        if (overdue.excuses().accept(late, Durations.nanos(overdue.timeout()))) {
            subsystem.timeout(loop.after(overdue.timeout(), overdue));
            return null;
        }
        return Thrown.of(Errors.startTimedOut(subsystem, overdue.timeout(), registry));
    }

    /** Health checks may have waited for a thread for too long. */
    void probesWait() {
        threads.look();
    }

    /**
     * A timer or a health check of a run, which is RUNNING unless it is about an earlier run's health check.
     *
     * @return why the run has failed; null if it has not
     */
    @Nullable
    Thrown on(Message.OfMonitor message, ManagedSubsystem subsystem) {
        HealthMonitor health = subsystem.health();
        if (message instanceof Message.HeartbeatDue) {
            return heartbeatDue(subsystem);
        } else if (message instanceof Message.Recovered) {
            subsystem.recovered();
            return null;
        } else if (message instanceof Message.ProbeDue) {
            return judged(subsystem, health.due());
        } else if (message instanceof Message.ProbeOverdue overdue) {
            return judged(subsystem, health == null ? null : health.overdue(overdue.run()));
        } else if (message instanceof Message.ProbeAnswered) {
            return judged(subsystem, health == null ? null : health.answered());
        }
        throw new IllegalStateException("no handler for " + message);
    }

    /** One whose body and tasks have all ended gives no heartbeat while its dependents stop. */
    private @Nullable Thrown heartbeatDue(ManagedSubsystem subsystem) {
        HeartbeatMonitor heartbeats = subsystem.heartbeats;
        return heartbeats != null && heartbeats.isHung()
                && (subsystem.run().isIn(Phase.RUN) || subsystem.run().isIn(Phase.FORKED)
                        || subsystem.spec().behavior().run() == null)
                                ? Thrown.of(Errors.hung(subsystem, heartbeats.timeout()))
                                : null;
    }

    private @Nullable Thrown judged(ManagedSubsystem subsystem, HealthMonitor.@Nullable Verdict verdict) {
        if (verdict == null) {
            return null;
        }
        if (verdict.healthy() != subsystem.status().healthy()) {
            subsystem.lifecycle().health(verdict.healthy(), verdict.reason());
        }
        // It may have been unhealthy before that was made a failure.
        return !verdict.healthy() && subsystem.spec().settings().health().failsSubsystem()
                ? Thrown.of(Errors.unhealthy(subsystem, verdict))
                : null;
    }
}
