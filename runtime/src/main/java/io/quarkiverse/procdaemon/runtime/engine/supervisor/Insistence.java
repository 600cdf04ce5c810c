package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/**
 * Sees to it that a run which has been told to end does: it is interrupted when patience is over, and abandoned when it ignores
 * that. Confined to the event loop.
 */
final class Insistence {

    private final Platform platform;
    private final Executor loop;
    private final Consumer<Node> abandoned;
    private Patience patience;

    /**
     * @param patience how long a run that is to end is waited for
     * @param abandoned told of a subsystem whose run would not end, which is FAILED
     */
    Insistence(Platform platform, Executor loop, Patience patience, Consumer<Node> abandoned) {
        this.platform = platform;
        this.loop = loop;
        this.patience = patience;
        this.abandoned = abandoned;
    }

    /** Runs that are told to end from now on are waited for so long. */
    void patience(Patience common) {
        patience = common;
    }

    /** When a run that is told to end {@code now} will be interrupted. */
    Deadline forced(Node node, long now) {
        return patience.forced(node.spec().settings().stopTimeout(), platform.ticker(), now);
    }

    /** The run has been told so, {@code now}. */
    void begin(Node node, Deadline forced, long now) {
        Generation generation = node.generation();
        if (forced.nanos() - now <= 0) {
            if (generation.isBusy()) {
                force(node, generation);
            } else {
                generation.force();
            }
        } else if (forced != patience.common() && generation.hasMoreToDo()) {
            generation.timeoutAfter(forced.remaining(), () -> loop.execute(() -> force(node, generation)));
        }
    }

    /** Interrupts a run that has been told to end; nothing if it has not, or has ended. */
    void force(Node node) {
        force(node, node.generation());
    }

    /** Gives up on a run that has been told to end, so that what it depends on can be told; nothing if it has ended. */
    void abandon(Node node) {
        abandon(node, node.generation());
    }

    private void force(Node node, Generation generation) {
        if (node.generation() == generation && node.told && !generation.isForced()) {
            node.lifecycle().stopTimedOut();
            generation.force();
            if (patience.grace() != null) {
                generation.timeoutAfter(patience.grace(), () -> loop.execute(() -> abandon(node, generation)));
            }
        }
    }

    private void abandon(Node node, Generation generation) {
        if (node.generation() == generation && node.told) {
            generation.cancelTimeout();
            node.wanted = false;
            node.lifecycle().abandon();
            generation.interrupt();
            abandoned.accept(node);
        }
    }
}
