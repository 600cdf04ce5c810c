package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.FailureText;
import io.quarkiverse.procdaemon.runtime.engine.run.Status;

/**
 * The first start of all subsystems: done when each critical one has been RUNNING, failed when one of them never will be.
 * Confined to the event loop but for {@link #result()}.
 */
public final class StartSequence {

    private final Supervisor supervisor;
    private final Runnable succeeded;
    private final Consumer<SubsystemException> failed;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    /** How many nodes are awaited. */
    private int awaited;
    private boolean begun;
    private boolean over;

    /**
     * @param succeeded called on the event loop when every critical subsystem has been RUNNING
     * @param failed called on the event loop when one of them never will be
     */
    public StartSequence(Supervisor supervisor, Runnable succeeded, Consumer<SubsystemException> failed) {
        this.supervisor = supervisor;
        this.succeeded = succeeded;
        this.failed = failed;
    }

    /** Completes on the event loop when all critical subsystems have been RUNNING, or with why they will not be. */
    public CompletableFuture<Void> result() {
        return result;
    }

    /** Starts everything. */
    public void begin() {
        begun = true;
        // One more, so that it is not over while the rest is still gone through.
        awaited++;
        supervisor.startAll(this::await);
        awaited--;
        succeedIfNobodyIsAwaited();
    }

    /** A subsystem has been registered; a start that is under way waits for it, too. */
    public void registered(Node node) {
        if (begun && !over) {
            await(node);
        }
    }

    private void await(Node node) {
        if (node.spec().settings().critical() && node.lifecycle().state() != SubsystemState.RUNNING) {
            node.awaited(true);
            awaited++;
        }
    }

    private void forget(Node node) {
        node.awaited(false);
        awaited--;
    }

    /** A subsystem is RUNNING, or is to be waited for no more. */
    public void settled(Node node) {
        if (node.isAwaited()) {
            forget(node);
            succeedIfNobodyIsAwaited();
        }
    }

    /** Those that are critical no more are waited for no more; nobody is waited for who was not before. */
    public void settingsChanged() {
        if (awaited == 0) {
            return;
        }
        supervisor.family().inStartOrder().stream().filter(node -> node.isAwaited() && !node.spec().settings().critical())
                .forEach(this::forget);
        succeedIfNobodyIsAwaited();
    }

    private void succeedIfNobodyIsAwaited() {
        if (awaited == 0 && !over) {
            over = true;
            succeeded.run();
            result.complete(null);
        }
    }

    /** A subsystem has ended and will not start by itself: fatal if a critical one is, or waits for, it. */
    public void down(Node node) {
        Node victim = over ? null : awaitedAbove(node);
        if (victim != null) {
            over = true;
            SubsystemException failure = failure(victim, node);
            // Whoever waits for the result stops everything, too, but knows no exit code.
            failed.accept(failure);
            result.completeExceptionally(failure);
        }
    }

    /** Whether a critical subsystem that has not been RUNNING yet is, or waits for, this one. */
    public boolean isHeldUpBy(Node node) {
        return !over && awaitedAbove(node) != null;
    }

    /** The start is over before its end, unless it has ended. */
    public void cancel(Supplier<DaemonException> why) {
        if (!over) {
            over = true;
            result.completeExceptionally(why.get());
        }
    }

    private Node awaitedAbove(Node fallen) {
        Set<Node> seen = new HashSet<>();
        ArrayDeque<Node> open = new ArrayDeque<>();
        open.add(fallen);
        while (!open.isEmpty()) {
            Node node = open.remove();
            if (node.isAwaited()) {
                return node;
            }
            for (Node dependent : node.dependents()) {
                if (!dependent.isStaying() && seen.add(dependent)) {
                    open.add(dependent);
                }
            }
        }
        return null;
    }

    private static SubsystemException failure(Node victim, Node fallen) {
        Status status = fallen.lifecycle().status();
        Failure failure = status.state() == SubsystemState.FAILED ? status.lastFailure() : null;
        String whom = victim == fallen ? "" : ", on which the critical subsystem '" + victim.name() + "' depends,";
        String what = failure == null ? " was stopped before that had started" : " failed: " + FailureText.of(failure);
        return new SubsystemException(ErrorCode.START_FAILED, fallen.name(),
                "the daemon does not start because subsystem '" + fallen.name() + "'" + whom + what,
                failure == null ? null : status.lastThrown());
    }
}
