package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.Now;

/**
 * The state machine of one subsystem. It knows which transition is legal, says each in one event, and makes the generations;
 * when to go where is the supervisor's to decide. Only {@link #status()} and {@link #generation()}, which read one volatile
 * field each, and {@link #atMark} may be called from any thread.
 */
public final class Lifecycle {

    private static final AtomicReferenceFieldUpdater<Lifecycle, Status> STATUS = AtomicReferenceFieldUpdater
            .newUpdater(Lifecycle.class, Status.class, "status");

    private final SubsystemSpec spec;
    private final Platform platform;
    private final Now now;
    private final Events events;
    private final Mark mark;
    private final Reports reports;
    private volatile Status status;
    /** What it was at the mark; null if that is what it is. Written before the status that takes its place. */
    private Status marked;
    private volatile Generation generation;
    private long phaseBegan;

    /**
     * @param now the moment of each transition
     * @param mark when to remember what it was
     * @param reports told of the end of each phase of each run
     */
    public Lifecycle(SubsystemSpec spec, Platform platform, Now now, Events events, Mark mark, Reports reports) {
        this.spec = spec;
        this.platform = platform;
        this.now = now;
        this.events = events;
        this.mark = mark;
        this.reports = reports;
        this.status = new Status(now.sinceEpoch());
    }

    /** What it was made of. */
    public SubsystemSpec spec() {
        return spec;
    }

    /** A snapshot; any thread may call this. */
    public Status status() {
        return status;
    }

    /**
     * What it was at the mark, or what it is, if that is the same. Any thread may call this that has seen {@code current}.
     *
     * @param current a {@link #status()} from after the mark
     */
    public Status atMark(Status current) {
        Status then = marked;
        return then == null ? current : then;
    }

    /** The mark is cleared. */
    public void forgetMark() {
        marked = null;
    }

    /** Where it is in its life. */
    public SubsystemState state() {
        return status.state();
    }

    /** The current or last run; null before the first. */
    public Generation generation() {
        return generation;
    }

    /** It is to start when it can. */
    public void waitForDependencies(Supplier<List<String>> waitingFor) {
        move(SubsystemState.WAITING);
        if (events.next()) {
            events.send(new SubsystemEvent.Waiting(events.sequence(), spec.name(), status.generation(), now.instant(),
                    waitingFor.get()));
        }
    }

    /** A new run begins. */
    public Generation start() {
        require(SubsystemState.STARTING);
        Generation next = new Generation(spec, status.generation() + 1, platform, reports);
        generation = next;
        become(status.nextGeneration(now.sinceEpoch()));
        phaseBegan = now.nanos();
        if (events.next()) {
            events.send(new SubsystemEvent.Starting(events.sequence(), spec.name(), status.generation(), now.instant()));
        }
        return next;
    }

    /** The run has started. */
    public void started() {
        move(SubsystemState.RUNNING);
        if (events.next()) {
            events.send(new SubsystemEvent.Started(events.sequence(), spec.name(), status.generation(), now.instant(),
                    Duration.ofNanos(now.nanos() - phaseBegan)));
        }
    }

    /** The run is told to stop. */
    public void stop(ShutdownReason reason) {
        move(SubsystemState.STOPPING);
        phaseBegan = now.nanos();
        if (events.next()) {
            events.send(new SubsystemEvent.Stopping(events.sequence(), spec.name(), status.generation(), now.instant(),
                    reason));
        }
    }

    /** The run has failed and is to be cleaned up; the clean-up itself may fail later, which is one failure more. */
    public Failure fail(SubsystemEvent.Phase phase, Thrown thrown) {
        Failure failure = thrown.failure(phase, status.generation(), now.instant());
        if (state() != SubsystemState.STOPPING) {
            require(SubsystemState.STOPPING);
            phaseBegan = now.nanos();
        }
        become(status.failed(failure, thrown.throwable()));
        if (events.next()) {
            events.send(new SubsystemEvent.Failed(events.sequence(), spec.name(), status.generation(), failure.at(), failure),
                    thrown.throwable());
        }
        return failure;
    }

    /** The run has ended cleanly, or there was none. */
    public void stopped() {
        moveDown(SubsystemState.STOPPED);
        if (events.next()) {
            events.send(new SubsystemEvent.Stopped(events.sequence(), spec.name(), status.generation(), now.instant(),
                    Duration.ofNanos(status.took())));
        }
    }

    /**
     * It will be started again after a delay.
     *
     * @param spent its budget of restarts, with this one
     */
    public void restartAfter(Duration delay, RestartBudget spent) {
        require(SubsystemState.RESTARTING);
        become(status.restarting(now.sinceEpoch(), delay, spent));
        if (events.next()) {
            events.send(new SubsystemEvent.Restarting(events.sequence(), spec.name(), status.generation(), now.instant(),
                    delay, spent.inARow()));
        }
    }

    /** The run that is about to end was stable: it ends the row of restarts. */
    public void stableRunEnds() {
        if (status.budget().inARow() > 0) {
            become(status.withBudget(status.budget().afterStableRun()));
        }
    }

    /** Earlier restarts do not count any more. */
    public void forgetRestarts() {
        become(status.withBudget(RestartBudget.UNUSED));
    }

    /** It will not be started again by itself. */
    public void giveUp(String reason) {
        moveDown(SubsystemState.FAILED);
        if (events.next()) {
            events.send(new SubsystemEvent.GaveUp(events.sequence(), spec.name(), status.generation(), now.instant(),
                    status.lastFailure(), reason));
        }
    }

    /** It did not stop in time and has been interrupted. */
    public void stopTimedOut() {
        sendStopTimedOut(false);
    }

    /** It ignored its interrupt too: it is FAILED, though code of it may still run. */
    public void abandon() {
        require(SubsystemState.FAILED);
        sendStopTimedOut(true);
        fail(SubsystemEvent.Phase.STOP, Thrown.of(generation.stuck()));
        giveUp("it ignored its interrupt and was abandoned");
    }

    private void sendStopTimedOut(boolean abandoned) {
        if (events.next()) {
            events.send(new SubsystemEvent.StopTimedOut(events.sequence(), spec.name(), status.generation(),
                    now.instant(), Duration.ofNanos(now.nanos() - phaseBegan), abandoned));
        }
    }

    /** Its probe has changed its mind. */
    public void health(boolean healthy, String reason) {
        become(status.withHealthy(healthy));
        if (events.next()) {
            events.send(new SubsystemEvent.HealthChanged(events.sequence(), spec.name(), status.generation(),
                    now.instant(), healthy, reason));
        }
    }

    private void become(Status next) {
        if (marked == null && mark.isSet()) {
            marked = status;
        }
        // Whoever reads it reads one field, so it has to be published, not to be ordered with others: no fence.
        STATUS.lazySet(this, next);
    }

    private void moveDown(SubsystemState next) {
        long took = state() == SubsystemState.STOPPING ? now.nanos() - phaseBegan : 0;
        require(next);
        become(status.down(next, now.sinceEpoch(), took));
    }

    private void move(SubsystemState next) {
        require(next);
        become(status.to(next, now.sinceEpoch()));
    }

    private void require(SubsystemState next) {
        if (!Transitions.isLegal(state(), next)) {
            throw new IllegalStateException("subsystem '" + spec.name() + "' cannot go from " + state() + " to " + next);
        }
    }
}
