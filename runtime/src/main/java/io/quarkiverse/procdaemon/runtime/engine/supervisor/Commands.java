package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * What can be asked of a single subsystem by hand, and what became of it. Public methods may be called from any thread, the
 * others are for messages only.
 */
public final class Commands {

    private final Supervisor supervisor;
    private final Wishes wishes;
    private final Threads threads;
    private final Promises started;
    private final Promises stopped;

    /** @param threads where promises are kept and broken */
    Commands(Supervisor supervisor, Wishes wishes, Threads threads) {
        this.supervisor = supervisor;
        this.wishes = wishes;
        this.threads = threads;
        this.started = new Promises(threads);
        this.stopped = new Promises(threads);
    }

    /** See {@link io.quarkiverse.procdaemon.Daemon#start(String)}. */
    public CompletionStage<Void> start(Node node) {
        return command(node, (subject, promise) -> {
            started.add(subject, promise);
            if (subject.isAvailable()) {
                started.keep(subject);
            } else {
                bringUp(subject);
            }
        });
    }

    /** See {@link io.quarkiverse.procdaemon.Daemon#restart(String)}. */
    public CompletionStage<Void> restart(Node node) {
        return command(node, (subject, promise) -> {
            started.add(subject, promise);
            wishes.replace(subject);
            bringUp(subject);
        });
    }

    /** See {@link io.quarkiverse.procdaemon.Daemon#stop(String)}. */
    public CompletionStage<Void> stop(Node node) {
        return command(node, (subject, promise) -> {
            stopped.add(subject, promise);
            wishes.stop(subject);
            if (!subject.isActive()) {
                stopped.keep(subject);
            }
        });
    }

    /** See {@link io.quarkiverse.procdaemon.Daemon#unregister(String)}. */
    public CompletionStage<Void> unregister(Node node) {
        return command(node, (subject, promise) -> {
            if (!subject.dependents().isEmpty()) {
                Promises.refuse(promise, Errors.stillNeeded(subject), threads);
            } else {
                wishes.unregister(subject, promise);
            }
        });
    }

    /**
     * See {@link io.quarkiverse.procdaemon.SubsystemBuilder#register()}. Returns when it is done: messages are short, and
     * never wait for anything.
     *
     * @return completes when it is RUNNING
     */
    public CompletionStage<Void> register(SubsystemSpec spec) {
        CompletableFuture<Void> promise = new CompletableFuture<>();
        CompletableFuture<Void> registered = new CompletableFuture<>();
        supervisor.post(() -> {
            try {
                if (wishes.isStoppingAll()) {
                    throw new DaemonStateException(ErrorCode.WRONG_STATE, "subsystem '" + spec.name()
                            + "' is not registered because the daemon is shutting down");
                }
                Node node = wishes.register(spec);
                started.add(node, promise);
                supervisor.reviewWaiting(node);
                registered.complete(null);
            } catch (Throwable refused) {
                registered.completeExceptionally(refused);
            }
        });
        try {
            registered.join();
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof DaemonException reason ? reason : refused;
        }
        return promise.minimalCompletionStage();
    }

    private CompletionStage<Void> command(Node node, BiConsumer<Node, CompletableFuture<Void>> what) {
        CompletableFuture<Void> promise = new CompletableFuture<>();
        supervisor.post(() -> {
            if (supervisor.family().get(node.name()) == node) {
                what.accept(node, promise);
            } else {
                Promises.refuse(promise, Errors.superseded(node, "has been unregistered meanwhile"), threads);
            }
        });
        return promise.minimalCompletionStage();
    }

    private void bringUp(Node node) {
        if (wishes.isStoppingAll()) {
            started.fail(node, () -> Errors.superseded(node, "is not started because the daemon is shutting down"));
        } else if (node.leaving) {
            started.fail(node, () -> Errors.superseded(node, "is not started because it is being unregistered"));
        } else if (node.isAbandoned()) {
            started.fail(node, () -> Errors.abandoned(node));
        } else {
            wishes.bringUp(node);
            review();
        }
    }

    /** Says to whoever waits for it that the node is RUNNING. */
    void running(Node node) {
        started.keep(node);
    }

    /** Says to whoever waits for the end of the run, which is over, how it was. */
    void ended(Node node) {
        Failure failure = node.lifecycle().status().lastFailure();
        boolean unclean = failure != null && failure.phase() == SubsystemEvent.Phase.STOP
                && failure.generation() == node.lifecycle().status().generation();
        if (unclean) {
            stopped.fail(node, () -> Errors.last(node));
        } else {
            stopped.keep(node);
        }
    }

    /** Says to whoever waits for it that the node, which is down, will not come back by itself. */
    void settle(Node node) {
        stopped.keep(node);
        if (node.state() == SubsystemState.FAILED) {
            started.fail(node, () -> Errors.last(node));
        } else {
            started.fail(node, () -> Errors.superseded(node, "was stopped before it was RUNNING"));
        }
        review();
    }

    /** Says to whoever waits for a WAITING subsystem if it cannot come up by itself. Costs nothing if nobody waits. */
    void review() {
        if (wishes.isStoppingAll()) {
            return;
        }
        for (Node node : started.subjects()) {
            review(node);
        }
    }

    /** The same for one that has just begun to wait. */
    void review(Node node) {
        if (!wishes.isStoppingAll() && started.areOpen(node) && node.state() == SubsystemState.WAITING) {
            Node obstacle = unwantedBelow(node);
            if (obstacle != null) {
                started.fail(node, () -> Errors.unavailable(node, obstacle));
            }
        }
    }

    /** What the node waits for, directly or not, that will not start by itself. */
    static Node unwantedBelow(Node node) {
        Set<Node> seen = new HashSet<>();
        ArrayDeque<Node> open = new ArrayDeque<>();
        open.add(node);
        while (!open.isEmpty()) {
            for (Node dependency : open.remove().dependencies()) {
                if (!dependency.wanted) {
                    return dependency;
                }
                if (!dependency.isStaying() && seen.add(dependency)) {
                    open.add(dependency);
                }
            }
        }
        return null;
    }
}
