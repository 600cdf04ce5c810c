package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.PhaseCode;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * A phase of a run under way, and the message that it has ended. Its stage may appear before or after an interrupt: one side
 * writes {@code stage} and reads {@code interrupted}, the other writes and reads them the other way round, so at least one of
 * them cancels.
 */
final class PhaseTask
        implements RunTasks.Task, Message.PhaseEnded, BiConsumer<@Nullable Object, @Nullable Throwable>, Consumer<Thrown> {

    private static final Logger LOG = Logger.getLogger(PhaseTask.class);
    /** Loads what is needed to say that a run has failed while there is memory for that. */
    private static final Thrown NO_MEMORY = Thrown.NO_MEMORY;

    private final Run run;
    private final Phase phase;
    private final PhaseCode action;
    private final String words;
    private final long since;
    /** A stage that is not the JDK's may complete more than once: the first time counts. */
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable Thread thread;
    private volatile @Nullable CompletionStage<?> stage;
    private volatile boolean interrupted;
    private volatile boolean begun;
    /** For a carrier, before it was interrupted: the interrupt itself makes it wait for a moment. */
    private volatile boolean waited;
    private boolean interruptFollows;
    private @Nullable Thrown failure;

    /** @param words what it is, as in {@code hangs in its body} */
    PhaseTask(Run run, Phase phase, PhaseCode action, String words) {
        this.run = run;
        this.phase = phase;
        this.action = action;
        this.words = words;
        this.since = run.platform().clock().nanos();
    }

    /** Begins on a thread of its own; if there is none to be had, that is how it ends. */
    void start(ThreadKind kind, String name) {
        try {
            thread = run.platform().threads().start(kind, name, this::perform);
        } catch (Throwable noThread) {
            end(Thrown.of(noThread));
        }
    }

    private void perform() {
        begun = true;
        if (thread == null) {
            // Somebody may look for what hangs before start() has returned.
            thread = Thread.currentThread();
        }
        try (LogFields fields = LogFields.ofRun(run.subsystem(), run.number())) {
            CompletionStage<?> pending = phase == Phase.RUN ? performBody(fields) : action.perform(run.context());
            if (pending != null) {
                stage = pending;
                pending.whenComplete(this);
                if (interrupted) {
                    cancel(pending);
                }
                return;
            }
        } catch (Throwable thrown) {
            ended(thrown);
            return;
        }
        end(null);
    }

    private @Nullable CompletionStage<?> performBody(LogFields fields) throws Throwable {
        RunContext context = run.context();
        Calls calls = run.calls();
        context.signal().bodyOn(Thread.currentThread());
        try {
            if (calls == null) {
                return action.perform(context);
            }
            repeat(context, calls, fields);
            return null;
        } finally {
            context.signal().bodyOn(null);
        }
    }

    /** A body that is called again and again, until it is asked to stop. */
    private void repeat(RunContext context, Calls calls, LogFields fields) throws Throwable {
        boolean due = true;
        while (!context.await(due ? calls::untilDue : calls::untilNext)) {
            due = !calls.begin();
            if (!due) {
                try {
                    fields.put();
                    call(context);
                    calls.succeeded();
                } finally {
                    calls.end();
                }
            }
        }
    }

    private void call(RunContext context) throws Throwable {
        context.heartbeat();
        CompletionStage<?> pending = action.perform(context);
        if (pending != null) {
            stage = pending;
            await(pending);
            stage = null;
        }
    }

    /** An interrupt cancels the stage, and ends nothing else: the call goes on until its stage has completed. */
    private void await(CompletionStage<?> pending) throws Throwable {
        CompletableFuture<Optional<Throwable>> done = new CompletableFuture<>();
        pending.whenComplete((result, thrown) -> done.complete(Optional.ofNullable(thrown)));
        if (interrupted) {
            cancel(pending);
        }
        Optional<Throwable> failure = done.join();
        if (failure.isPresent()) {
            throw Thrown.unwrapped(failure.get());
        }
    }

    /** Its stage has completed. */
    @Override
    public void accept(@Nullable Object result, @Nullable Throwable thrown) {
        ended(Thrown.unwrapped(thrown));
    }

    /** What it threw has been looked at. */
    @Override
    public void accept(Thrown seen) {
        end(seen);
    }

    private void ended(@Nullable Throwable thrown) {
        if (thrown == null) {
            end(null);
            return;
        }
        try {
            PatientLook.at(thrown, run.platform(), this);
        } catch (Throwable full) {
            // That it has ended is what matters most.
            end(NO_MEMORY);
        }
    }

    private void end(@Nullable Thrown thrown) {
        if (ended.compareAndSet(false, true)) {
            failure = thrown;
            run.post(this);
        }
    }

    @Override
    public Run run() {
        return run;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public @Nullable Thrown failure() {
        return failure;
    }

    @Override
    public void interruptFollows() {
        waited = waited || !interruptFollows && Threads.isKeptFromRunning(thread);
        interruptFollows = true;
    }

    @Override
    public void interrupt() {
        interrupted = true;
        Thread now = thread;
        if (now != null) {
            now.interrupt();
        }
        CompletionStage<?> pending = stage;
        if (pending != null) {
            cancel(pending);
        }
    }

    @Override
    public void leave() {
        try (LogFields fields = LogFields.ofLine(run.subsystem(), run.number(), null, null)) {
            LOG.infof("%s ends the process from %s (System.exit or Quarkus.blockingExit), so the shutdown does not wait for"
                    + " that thread", run, words);
        }
        end(null);
    }

    private void cancel(CompletionStage<?> pending) {
        try {
            pending.toCompletableFuture().cancel(true);
        } catch (Throwable refused) {
            LOG.debugf(Thrown.of(refused, run.platform().mask()).throwable(), "The stage that %s returned cannot be cancelled",
                    run);
        }
    }

    @Override
    public boolean isKeptFromRunning() {
        return (waited || !begun) && Threads.isKeptFromRunning(thread);
    }

    @Override
    public @Nullable Thread thread() {
        return thread;
    }

    @Override
    public long since() {
        return since;
    }

    /** What it is, in words. */
    @Override
    public String toString() {
        return isKeptFromRunning() ? words + ", whose virtual thread gets no carrier to run on" : words;
    }
}
