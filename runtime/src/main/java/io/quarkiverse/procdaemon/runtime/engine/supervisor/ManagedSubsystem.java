package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.run.HealthMonitor;
import io.quarkiverse.procdaemon.runtime.engine.run.HeartbeatMonitor;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * A subsystem in its place in the graph: what it is, what is wanted of it, and the two counts that make each decision local.
 * Written on the event loop only, by the parts of the supervisor. Any thread may call the public methods.
 */
public final class ManagedSubsystem {

    private final SubsystemSpec spec;
    private final Lifecycle lifecycle;
    private final List<ManagedSubsystem> dependencies;
    private final List<ManagedSubsystem> dependents = new CopyOnWriteArrayList<>();
    private volatile @Nullable Run run;
    /** How many dependencies are not RUNNING, or are about to stop. It may start at zero. */
    int unavailableDependencies;
    /** How many dependents have not ended. It may be asked to stop at zero. */
    int activeDependents;
    /** Whether it is to run whenever it can. */
    boolean wanted;
    /** Whether it is to be removed when it has ended. */
    boolean leaving;
    /** Whether the start of the daemon is not over before this is RUNNING. */
    boolean awaited;

    // Of the current run:
    /** Why it is to end; null while it is not. */
    @Nullable
    ShutdownReason ending;
    /** Whether it ends without waiting for its dependents, which stay. */
    boolean ignoresDependents;
    /** Whether it was asked to stop. */
    boolean stopRequested;
    /** Whether another run is to follow because the API asked for it, whatever the policy says. */
    boolean restartRequested;
    /** Its last failure; null if there was none. */
    @Nullable
    Failure failure;
    /** Whether its failures are an outage of what it needs, so that the next restart does not count. */
    boolean isOutage;
    /** Whether it failed to start. */
    boolean startFailed;
    /** Whether its body has returned though it should go on for ever. */
    boolean returned;
    /** Looks for its heartbeats; null if it need not give any, or is not RUNNING. Any thread may read this. */
    volatile @Nullable HeartbeatMonitor heartbeats;
    private boolean running;
    private long runningSince;

    /** Calls the health check of whichever run is RUNNING; null if it has none. */
    private volatile @Nullable HealthMonitor health;
    /** Of the current run, or its back-off after it; null if there is none. */
    private TimerQueue.@Nullable Timeout<Message> timeout;
    /** The last command about it that was posted, or null. Guarded by this. */
    Message.@Nullable Command lastCommand;

    /** @param dependencies in the order declared; whether they are available is not counted yet */
    ManagedSubsystem(SubsystemSpec spec, Lifecycle lifecycle, List<ManagedSubsystem> dependencies) {
        this.spec = spec;
        this.lifecycle = lifecycle;
        this.dependencies = dependencies;
        this.unavailableDependencies = (int) dependencies.stream().filter(other -> !other.isAvailable()).count();
    }

    public SubsystemSpec spec() {
        return spec;
    }

    public String name() {
        return spec.name();
    }

    /** Its state, and what goes with it. */
    public Status status() {
        return lifecycle.status();
    }

    /** The current or last run; null before the first. Set before {@link #status()} changes. */
    public @Nullable Run run() {
        return run;
    }

    public List<ManagedSubsystem> dependencies() {
        return dependencies;
    }

    /** What depends on it directly, in start order. */
    public List<ManagedSubsystem> dependents() {
        return dependents;
    }

    /** What calls its health check; null if it has none, or was never RUNNING. */
    public @Nullable HealthMonitor health() {
        return health;
    }

    /** The names of the dependencies that are not RUNNING. */
    public List<String> waitingFor() {
        if (dependencies.isEmpty()) {
            return List.of();
        }
        return dependencies.stream().filter(other -> other.state() != SubsystemState.RUNNING).map(ManagedSubsystem::name)
                .toList();
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    SubsystemState state() {
        return lifecycle.state();
    }

    boolean isActive() {
        return state().isActive();
    }

    /** Whether it is RUNNING and not about to end, so that dependents may run above it. */
    boolean isAvailable() {
        return state() == SubsystemState.RUNNING && ending == null;
    }

    /** Whether its last run was abandoned and has not ended, so that there must not be another. */
    public boolean isAbandoned() {
        return !isActive() && run != null && run.isBusy();
    }

    /** Whether it is active and not about to end, so that it needs no dependency to come back. */
    boolean isStaying() {
        return isActive() && ending == null;
    }

    boolean mayStart() {
        return state() == SubsystemState.WAITING && unavailableDependencies == 0;
    }

    boolean mayBeAskedToStop() {
        return ending != null && !stopRequested && (activeDependents == 0 || ignoresDependents);
    }

    /** A new run begins. */
    void begin(Run next) {
        run = next;
        lifecycle.start();
    }

    void healthCalledBy(HealthMonitor monitor) {
        health = monitor;
    }

    /** It is RUNNING from now on. */
    void enterRunning(long nanos) {
        running = true;
        runningSince = nanos;
        lifecycle.started();
    }

    /**
     * It is about to end, if it was RUNNING: the moment at which it was stable or not. Only the first call for a run counts.
     *
     * @return for how many nanoseconds it was RUNNING; 0 if it was not, or if it was stable
     */
    long leaveRunning(long nanos) {
        if (!running) {
            return 0;
        }
        running = false;
        long ran = nanos - runningSince;
        if (ran >= Durations.nanos(spec.settings().restart().stableAfter()) && run.isProven()) {
            lifecycle.stableRunEnds();
            return 0;
        }
        return ran;
    }

    /** It has shown that what it needs is available. */
    void recovered() {
        if (state() == SubsystemState.RUNNING) {
            lifecycle.endOutage(true);
        }
    }

    /** Replaces the timeout of its run, or the back-off after it. */
    void timeout(TimerQueue.@Nullable Timeout<Message> next) {
        if (timeout != null) {
            timeout.cancel();
        }
        timeout = next;
    }

    /** When its timeout is due, on the clock. There has to be one. */
    long timeoutDue() {
        return timeout.due();
    }

    /** Nobody looks after its run any more. */
    void endMonitors() {
        if (heartbeats != null) {
            heartbeats.end();
            heartbeats = null;
        }
        if (health != null) {
            health.end();
        }
    }

    /** The current run is over; nothing of it counts any more. */
    void forgetRun() {
        ending = null;
        ignoresDependents = false;
        stopRequested = false;
        restartRequested = false;
        failure = null;
        isOutage = false;
        startFailed = false;
        returned = false;
    }

    /** The daemon starts again: all are down. */
    void reopen() {
        unavailableDependencies = dependencies.size();
        activeDependents = 0;
        awaited = false;
        forgetRun();
    }

    /** After a bug. */
    void recountDependents() {
        activeDependents = (int) dependents.stream().filter(ManagedSubsystem::isActive).count();
    }
}
