package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import static io.quarkiverse.procdaemon.SubsystemState.FAILED;
import static io.quarkiverse.procdaemon.SubsystemState.REGISTERED;
import static io.quarkiverse.procdaemon.SubsystemState.RESTARTING;
import static io.quarkiverse.procdaemon.SubsystemState.RUNNING;
import static io.quarkiverse.procdaemon.SubsystemState.STARTING;
import static io.quarkiverse.procdaemon.SubsystemState.STOPPED;
import static io.quarkiverse.procdaemon.SubsystemState.STOPPING;
import static io.quarkiverse.procdaemon.SubsystemState.WAITING;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventSink;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.loop.LoopClock;
import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;

/**
 * The state machine of one subsystem: which transition is legal, and one event for each. When to go where is for the supervisor
 * to decide. Only {@link #status()} may be called from any thread.
 */
public final class Lifecycle {

    /** Which state may follow which: the drawing at {@link SubsystemState} as a table. */
    private static final Map<SubsystemState, Set<SubsystemState>> LEGAL = new EnumMap<>(Map.of(
            REGISTERED, EnumSet.of(WAITING, STOPPED),
            WAITING, EnumSet.of(STARTING, STOPPED),
            STARTING, EnumSet.of(RUNNING, STOPPING),
            RUNNING, EnumSet.of(STOPPING),
            STOPPING, EnumSet.of(STOPPED, RESTARTING, FAILED),
            RESTARTING, EnumSet.of(WAITING, STOPPED),
            STOPPED, EnumSet.of(WAITING),
            FAILED, EnumSet.of(WAITING)));

    private final String subsystem;
    private final LoopClock now;
    private final EventSink events;
    private volatile Status status;
    private long phaseBegan;

    /** @param now the moment of each transition */
    Lifecycle(String subsystem, LoopClock now, EventSink events) {
        this.subsystem = subsystem;
        this.now = now;
        this.events = events;
        this.status = new Status(now.sinceEpoch());
    }

    /** A snapshot; any thread may call this. */
    Status status() {
        return status;
    }

    /** Where it is in its life. */
    SubsystemState state() {
        return status.state();
    }

    /** It is to start when it can. */
    void waitForDependencies(Supplier<List<String>> waitingFor) {
        move(SubsystemState.WAITING);
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.Waiting(events.number(), subsystem, status.generation(), now.instant(),
                    waitingFor.get()));
        }
    }

    /** A new run begins. */
    void start() {
        require(SubsystemState.STARTING);
        status = status.nextGeneration(now.sinceEpoch());
        phaseBegan = now.nanos();
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.Starting(events.number(), subsystem, status.generation(), now.instant()));
        }
    }

    /** The run has started. */
    void started() {
        move(SubsystemState.RUNNING);
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.Started(events.number(), subsystem, status.generation(), now.instant(),
                    Duration.ofNanos(now.nanos() - phaseBegan)));
        }
    }

    /** The run is asked to stop. */
    void stop(ShutdownReason reason) {
        move(SubsystemState.STOPPING);
        phaseBegan = now.nanos();
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.Stopping(events.number(), subsystem, status.generation(), now.instant(),
                    reason));
        }
    }

    /**
     * The run has failed and is to be cleaned up; the clean-up itself may fail later, which is one failure more.
     *
     * @param outage whether what it needs is unavailable
     */
    Failure fail(SubsystemEvent.Phase phase, Thrown thrown, boolean outage) {
        return fail(phase, thrown, outage, status.budget());
    }

    private Failure fail(SubsystemEvent.Phase phase, Thrown thrown, boolean outage, RestartBudget budget) {
        Failure failure = thrown.failure(phase, status.generation(), now.instant());
        if (state() != SubsystemState.STOPPING) {
            require(SubsystemState.STOPPING);
            phaseBegan = now.nanos();
        }
        // In one step: a reader must not see an outage without its failure.
        status = status.withBudget(budget).failed(failure, thrown.throwable());
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.Failed(events.number(), subsystem, status.generation(), failure.at(), failure,
                    outage),
                    thrown.throwable());
        }
        return failure;
    }

    /** The run has ended cleanly, or there was none. */
    void stopped() {
        moveDown(SubsystemState.STOPPED);
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.Stopped(events.number(), subsystem, status.generation(), now.instant(),
                    Duration.ofNanos(status.took())));
        }
    }

    /**
     * It will be started again after a delay.
     *
     * @param spent its budget of restarts, with this one
     */
    void restartAfter(Duration delay, RestartBudget spent) {
        require(SubsystemState.RESTARTING);
        status = status.restarting(now.sinceEpoch(), delay, spent);
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.Restarting(events.number(), subsystem, status.generation(), now.instant(),
                    delay, spent.attempts()));
        }
    }

    /** The run that is about to end was stable: it ends the row of restarts. */
    void stableRunEnds() {
        RestartBudget after = status.budget().afterStableRun();
        if (after != status.budget()) {
            status = status.withBudget(after);
        }
    }

    /** The run has failed after RUNNING for so many nanoseconds because what it needs is not available. */
    Failure failInOutage(SubsystemEvent.Phase phase, Thrown cause, long ran) {
        if (!status.budget().isInOutage() && events.takeNumber()) {
            events.send(new SubsystemEvent.OutageBegan(events.number(), subsystem, status.generation(), now.instant(),
                    cause.summary()));
        }
        return fail(phase, cause, true, status.budget().outage(now.nanos(), ran));
    }

    /** Earlier restarts do not count any more. */
    void forgetRestarts() {
        status = status.withBudget(status.budget().forget());
    }

    /** What it needs is available again, or it is not started again by itself. Nothing if there is no outage. */
    void endOutage(boolean recovered) {
        if (status.budget().isInOutage()) {
            Duration took = Duration.ofNanos(status.budget().outageLasts(now.nanos()));
            status = status.withBudget(status.budget().endOutage());
            if (events.takeNumber()) {
                events.send(new SubsystemEvent.OutageEnded(events.number(), subsystem, status.generation(), now.instant(),
                        took, recovered));
            }
        }
    }

    /** It will not be started again by itself. */
    void giveUp(String reason) {
        moveDown(SubsystemState.FAILED);
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.GaveUp(events.number(), subsystem, status.generation(), now.instant(),
                    status.lastFailure(), reason));
        }
    }

    /** It did not stop in time and has been interrupted. */
    void stopTimedOut() {
        sendStopTimedOut(false);
    }

    /** It ignored its interrupt too: it is FAILED, though code of it may still run. */
    void abandon(Thrown why) {
        require(SubsystemState.FAILED);
        sendStopTimedOut(true);
        fail(SubsystemEvent.Phase.STOP, why, false);
        giveUp("it ignored its interrupt and was abandoned");
    }

    private void sendStopTimedOut(boolean abandoned) {
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.StopTimedOut(events.number(), subsystem, status.generation(),
                    now.instant(), Duration.ofNanos(now.nanos() - phaseBegan), abandoned));
        }
    }

    /** Its probe has changed its mind. */
    void health(boolean healthy, String reason) {
        status = status.withHealthy(healthy);
        if (events.takeNumber()) {
            events.send(new SubsystemEvent.HealthChanged(events.number(), subsystem, status.generation(),
                    now.instant(), healthy, reason));
        }
    }

    private void moveDown(SubsystemState next) {
        long took = state() == SubsystemState.STOPPING ? now.nanos() - phaseBegan : 0;
        require(next);
        status = status.down(next, now.sinceEpoch(), took);
    }

    private void move(SubsystemState next) {
        require(next);
        status = status.to(next, now.sinceEpoch());
    }

    private void require(SubsystemState next) {
        if (!isLegal(state(), next)) {
            throw new IllegalStateException("subsystem '" + subsystem + "' cannot go from " + state() + " to " + next);
        }
    }

    /** Whether a subsystem may go from one state to the other. */
    public static boolean isLegal(SubsystemState from, SubsystemState to) {
        return LEGAL.get(from).contains(to);
    }
}
