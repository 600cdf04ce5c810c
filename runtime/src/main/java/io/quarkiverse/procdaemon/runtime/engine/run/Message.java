package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;

/**
 * What the event loop handles. A message says which run or subsystem it is about; whether that is still the current one is for
 * the supervisor to find out when it handles the message.
 */
public sealed interface Message {

    /** Something about one run. */
    sealed interface OfRun extends Message {

        /** The run, which may be over by now. */
        Run run();
    }

    /** A phase has ended. The task is its own message: to report an end needs as little memory as can be. */
    sealed interface PhaseEnded extends OfRun permits PhaseTask {

        /** Which. */
        Phase phase();

        /** What it threw; null if nothing. */
        @Nullable
        Thrown failure();
    }

    /** Work in flight or one of the {@code onShutdown} actions has failed, or {@code fail} was called. */
    record FailedBeside(Run run, Phase phase, Thrown failure) implements OfRun {

        /** Posts it when the exception has been inspected. */
        record Reporter(Run run, Phase phase) implements Consumer<Thrown> {
            @Override
            public void accept(Thrown seen) {
                run.post(new FailedBeside(run, phase, seen));
            }
        }
    }

    /** The run was asked to stop, and its last work in flight has ended. */
    record WorkEnded(Run run) implements OfRun {
    }

    /** The start has taken as long as it may; if the process was suspended meanwhile it may take as long again. */
    record StartOverdue(Run run, Duration timeout, TimerQueue.Excuses excuses) implements OfRun {
    }

    /** The stop has taken as long as it may: the run is interrupted. */
    record StopOverdue(Run run) implements OfRun {
    }

    /** The run has ignored its interrupt for as long as it may: it is abandoned. */
    record InterruptIgnored(Run run) implements OfRun {
    }

    /** The back-off after this run is over. */
    record BackOffOver(Run run) implements OfRun {
    }

    /** Something about how a run is watched. */
    sealed interface OfMonitor extends OfRun {
    }

    /** It is time to look for a heartbeat. */
    record HeartbeatDue(Run run) implements OfMonitor {
    }

    /** The run has shown that what it needs is available. */
    record Recovered(Run run) implements OfMonitor {
    }

    /** It is time to call the health check. */
    record ProbeDue(Run run) implements OfMonitor {
    }

    /** The health check that was called in the run has not answered in time. */
    record ProbeOverdue(Run run) implements OfMonitor {
    }

    /** The health check that was called in the run has answered. */
    record ProbeAnswered(Run run) implements OfMonitor {
    }

    /** Health checks may have waited for a thread for too long. */
    record ProbesWait() implements Message {
    }

    /** A run did not answer a reload in time, or could not be asked. */
    record ReloadOverdue(Run run) implements OfRun {
    }

    /** A command about one subsystem. */
    final class Command implements Message {

        /** What is to be done. */
        public enum Kind {
            START,
            STOP,
            RESTART,
            UNREGISTER
        }

        private final Kind kind;
        private final String subsystem;
        private final CompletableFuture<Void> promise = new CompletableFuture<>();
        private volatile boolean handled;

        /** A command that completes its own promise. */
        public Command(Kind kind, String subsystem) {
            this.kind = kind;
            this.subsystem = subsystem;
        }

        /** What is to be done. */
        public Kind kind() {
            return kind;
        }

        /** The name of the subsystem. */
        public String subsystem() {
            return subsystem;
        }

        /** Completes when it has been carried out. */
        public CompletableFuture<Void> promise() {
            return promise;
        }

        /** It does not wait any more. */
        public void handled() {
            handled = true;
        }

        /** Whether it waits to be handled and is of that kind. Any thread may call this. */
        public boolean isWaiting(Kind other) {
            return !handled && kind == other;
        }
    }

    /**
     * One more subsystem.
     *
     * @param started completes when it is RUNNING
     */
    record Register(SubsystemSpec spec, CompletableFuture<Void> started) implements Message {
    }

    /** A step of what concerns the whole daemon: its start, its shutdown, a reload. */
    non-sealed interface Step extends Message, Runnable {
    }
}
