package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.listen.ReasonText;

/**
 * The state machine of one subsystem. It knows which transition is legal, says each in one event, and makes the generations;
 * when to go where is the supervisor's to decide. Only {@link #status()} and {@link #generation()} may be called from any
 * thread: each reads one volatile field.
 */
public final class Lifecycle {

    private final SubsystemSpec spec;
    private final Platform platform;
    private final Events events;
    private final Reports reports;
    private volatile Status status;
    private volatile Generation generation;
    private long phaseBegan;

    /** @param reports told of the end of each phase of each run */
    public Lifecycle(SubsystemSpec spec, Platform platform, Events events, Reports reports) {
        this.spec = spec;
        this.platform = platform;
        this.events = events;
        this.reports = reports;
        this.status = new Status(SubsystemState.REGISTERED, 0, platform.ticker().now(), 0, 0, null, true, 0);
    }

    /** What it was made of. */
    public SubsystemSpec spec() {
        return spec;
    }

    /** A snapshot; any thread may call this. */
    public Status status() {
        return status;
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
        Instant at = move(SubsystemState.WAITING, platform.ticker().nanos());
        if (events.next()) {
            events.send(new SubsystemEvent.Waiting(events.sequence(), spec.name(), status.generation(), at, waitingFor.get()));
        }
    }

    /** A new run begins, {@code now} on the ticker. */
    public Generation start(long now) {
        require(SubsystemState.STARTING);
        Instant at = events.at(now);
        Generation next = new Generation(spec, status.generation() + 1, platform, reports);
        generation = next;
        status = status.nextGeneration(at);
        phaseBegan = now;
        if (events.next()) {
            events.send(new SubsystemEvent.Starting(events.sequence(), spec.name(), status.generation(), at));
        }
        return next;
    }

    /** The run has started, {@code now} on the ticker. */
    public void started(long now) {
        Instant at = move(SubsystemState.RUNNING, now);
        if (events.next()) {
            events.send(new SubsystemEvent.Started(events.sequence(), spec.name(), status.generation(), at,
                    Duration.ofNanos(now - phaseBegan)));
        }
    }

    /** The run is told to stop, {@code now} on the ticker. */
    public void stop(ShutdownReason reason, long now) {
        Instant at = move(SubsystemState.STOPPING, now);
        phaseBegan = now;
        if (events.next()) {
            events.send(new SubsystemEvent.Stopping(events.sequence(), spec.name(), status.generation(), at,
                    ReasonText.of(reason)));
        }
    }

    /** The run has failed and is to be cleaned up; the clean-up itself may fail later, which is one failure more. */
    public Failure fail(SubsystemEvent.Phase phase, Throwable cause) {
        Failure failure = new Failure(events.now(), status.generation(), phase, cause);
        if (state() != SubsystemState.STOPPING) {
            require(SubsystemState.STOPPING);
            phaseBegan = platform.ticker().nanos();
        }
        status = status.failed(failure);
        if (events.next()) {
            events.send(
                    new SubsystemEvent.Failed(events.sequence(), spec.name(), status.generation(), failure.at(), phase, cause));
        }
        return failure;
    }

    /** The run has ended cleanly, or there was none. */
    public void stopped() {
        Instant at = moveDown(SubsystemState.STOPPED);
        if (events.next()) {
            events.send(new SubsystemEvent.Stopped(events.sequence(), spec.name(), status.generation(), at,
                    Duration.ofNanos(status.took())));
        }
    }

    /** It will be started again after a delay; {@code attempt} counts such delays. */
    public void restartAfter(Duration delay, int attempt) {
        require(SubsystemState.RESTARTING);
        Instant at = events.now();
        status = status.restarting(at);
        if (events.next()) {
            events.send(new SubsystemEvent.Restarting(events.sequence(), spec.name(), status.generation(), at, delay, attempt));
        }
    }

    /** It will not be started again by itself. */
    public void giveUp(String reason) {
        Instant at = moveDown(SubsystemState.FAILED);
        if (events.next()) {
            Failure failure = status.lastFailure();
            events.send(new SubsystemEvent.GaveUp(events.sequence(), spec.name(), status.generation(), at, failure.phase(),
                    failure.cause(), reason));
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
        fail(SubsystemEvent.Phase.STOP, generation.stuck());
        giveUp("it ignored its interrupt and was abandoned");
    }

    private void sendStopTimedOut(boolean abandoned) {
        if (events.next()) {
            events.send(new SubsystemEvent.StopTimedOut(events.sequence(), spec.name(), status.generation(), events.now(),
                    Duration.ofNanos(platform.ticker().nanos() - phaseBegan), abandoned));
        }
    }

    /** Its probe has changed its mind. */
    public void health(boolean healthy, String reason) {
        status = status.withHealthy(healthy);
        if (events.next()) {
            events.send(new SubsystemEvent.HealthChanged(events.sequence(), spec.name(), status.generation(), events.now(),
                    healthy, reason));
        }
    }

    private Instant moveDown(SubsystemState next) {
        long now = platform.ticker().nanos();
        long took = state() == SubsystemState.STOPPING ? now - phaseBegan : 0;
        require(next);
        Instant at = events.at(now);
        status = status.down(next, at, took);
        return at;
    }

    private Instant move(SubsystemState next, long now) {
        require(next);
        Instant at = events.at(now);
        status = status.to(next, at);
        return at;
    }

    private void require(SubsystemState next) {
        if (!Transitions.isLegal(state(), next)) {
            throw new IllegalStateException("subsystem '" + spec.name() + "' cannot go from " + state() + " to " + next);
        }
    }
}
