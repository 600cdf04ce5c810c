package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * The one request that a shutdown follows: the first counts, with the timeouts that are set at that moment. Any thread may call
 * anything here.
 */
final class FirstRequest {

    private final Clock clock;
    private final DaemonStatus status;
    private final AtomicReference<@Nullable ShutdownRequest> cause = new AtomicReference<>();
    private volatile ShutdownTimeouts timeouts;
    private volatile Duration allowance = Duration.ZERO;

    FirstRequest(Clock clock, DaemonStatus status, ShutdownTimeouts timeouts) {
        this.clock = clock;
        this.status = status;
        this.timeouts = timeouts;
    }

    /** The same rules, for the next shutdown. */
    FirstRequest forNextShutdown() {
        FirstRequest next = new FirstRequest(clock, status, timeouts);
        next.allow(allowance);
        return next;
    }

    /** How long a subsystem that stops alone is waited for after its interrupt. */
    Duration grace() {
        return timeouts.grace();
    }

    /** For a request that is still to come. */
    void timeouts(ShutdownTimeouts next) {
        timeouts = next;
    }

    /** How long the application may take before it is the subsystems' turn. */
    void allow(Duration time) {
        allowance = time;
    }

    /** Whether this one is the first. */
    boolean give(ShutdownReason reason, OptionalInt code, boolean isFailure) {
        return cause.compareAndSet(null, new ShutdownRequest(reason, code, clock.now(), clock.nanos(), !status.hasStarted(),
                timeouts, isFailure));
    }

    /** Another decides the exit code after all; to be called after it was given. */
    void forgetExitCode() {
        cause.updateAndGet(ShutdownRequest::withoutExitCode);
    }

    /** Whether a thread waits for the end of the process; if it decides the exit code, that is not known any more. */
    boolean isExit(ProcessControl process, StackTraceElement[] stack) {
        if (process.isEndedBy(stack)) {
            forgetExitCode();
        }
        return process.isAwaitedBy(stack);
    }

    boolean isGiven() {
        return get() != null;
    }

    /** Null before there is one. */
    @Nullable
    ShutdownRequest get() {
        return cause.get();
    }

    /** The exit code it fixed; empty if there is none yet, or it left that to others. */
    OptionalInt exitCode() {
        ShutdownRequest first = get();
        return first == null ? OptionalInt.empty() : first.exitCode();
    }

    /** The time from the cause to the kill; before there is one, what it would be if it came now. */
    Duration killTimeout() {
        return current().kill();
    }

    /** The time for which subsystems are left to end by themselves; likewise. */
    Duration gracefulTimeout() {
        return current().graceful();
    }

    private ShutdownTimeouts current() {
        ShutdownRequest first = get();
        return first == null ? timeouts : first.timeouts();
    }

    /** How long everything may take from its first moment on. */
    Duration total() {
        return Durations.sum(killTimeout(), allowance);
    }

    /** From when the moments of the shutdown count as long as the subsystems' turn has not come. */
    long latestBase() {
        return get().nanos() + Durations.nanos(allowance);
    }
}
