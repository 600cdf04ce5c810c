package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.concurrent.CompletableFuture;

import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/** Who comes and goes while the daemon is there. Confined to the event loop. */
final class Membership {

    private final Family family;
    private final Promises left;
    private final Milestones milestones;

    Membership(Family family, Threads threads, Milestones milestones) {
        this.family = family;
        this.left = new Promises(threads);
        this.milestones = milestones;
    }

    /** It is there from now on. */
    Node join(SubsystemSpec spec) {
        Node node = family.add(spec);
        milestones.registered(node);
        return node;
    }

    /** It is to leave when it has ended; the promise is kept then. */
    void promise(Node node, CompletableFuture<Void> promise) {
        left.add(node, promise);
        node.leaving = true;
    }

    /** It has ended, and leaves. */
    void leave(Node node) {
        node.leaving = false;
        // Another of its name must not run beside what is left of this one.
        if (node.isAbandoned()) {
            left.fail(node, () -> Errors.abandoned(node));
        } else {
            family.remove(node);
            milestones.unregistered(node);
            left.keep(node);
        }
    }
}
