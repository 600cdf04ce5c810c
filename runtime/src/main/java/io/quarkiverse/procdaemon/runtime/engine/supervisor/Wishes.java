package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.time.Now;

/**
 * Which subsystems are to run and which are not, each by itself or all together. When that comes true is {@link Order}'s to
 * say.
 * Confined to the event loop.
 */
final class Wishes {

    private final Family family;
    private final Membership membership;
    private final Order order;
    private final Recovery recovery;
    private final Now now;
    private final Consumer<Node> rest;
    private boolean startingAll;
    private boolean stoppingAll;

    /** @param rest told of a subsystem that is down and stays so */
    Wishes(Family family, Membership membership, Order order, Recovery recovery, Now now, Consumer<Node> rest) {
        this.family = family;
        this.membership = membership;
        this.order = order;
        this.recovery = recovery;
        this.now = now;
        this.rest = rest;
    }

    /**
     * All are to run from now on, also those that are registered later.
     *
     * @param first called with each before it is
     */
    void startAll(Consumer<Node> first) {
        startingAll = true;
        for (Node node : family.inStartOrder()) {
            now.step();
            first.accept(node);
            want(node);
            // The first are at work while the rest is still gone through.
            order.workOff();
        }
    }

    /** None is to run any more. */
    void stopAll(ShutdownReason reason) {
        stoppingAll = true;
        for (Node node : family.inStartOrder().reversed()) {
            now.step();
            node.wanted = false;
            if (node.isActive()) {
                order.endForGood(node, reason);
                // The first are told while the rest is still gone through.
                order.workOff();
            } else {
                stopIdle(node);
            }
        }
    }

    /** All are down, and may be wanted again; earlier failures are forgiven. */
    void reopen() {
        stoppingAll = false;
        for (Node node : family.inStartOrder()) {
            recovery.forget(node);
            node.reopen();
        }
    }

    /** Whether none is to run any more. */
    boolean isStoppingAll() {
        return stoppingAll;
    }

    /** It is there from now on, and is started if the others have been. */
    Node register(SubsystemSpec spec) {
        Node node = membership.join(spec);
        if (startingAll) {
            want(node);
        }
        return node;
    }

    /** It is not to run, and not to be there any more when it has ended. Nothing depends on it. */
    void unregister(Node node, CompletableFuture<Void> promise) {
        membership.promise(node, promise);
        stop(node);
        if (node.leaving && !node.isActive()) {
            membership.leave(node);
        }
    }

    /** It is to run whenever it can; earlier failures are forgiven. */
    void bringUp(Node node) {
        recovery.forget(node);
        node.again = node.ending != null;
        want(node);
    }

    private void want(Node node) {
        if (node.leaving || node.isAbandoned()) {
            return;
        }
        node.wanted = true;
        if (!node.isActive() && node.state() != SubsystemState.WAITING) {
            recovery.cancel(node);
            order.await(node);
        }
    }

    /** It is to stop, after its dependents, and to stay so. */
    void stop(Node node) {
        node.wanted = false;
        node.again = false;
        order.bringDown(node, new ShutdownReason.Stop());
        if (!node.isActive()) {
            stopIdle(node);
        }
    }

    /** It is to end if it runs. */
    void replace(Node node) {
        if (node.isActive()) {
            order.replace(node, new ShutdownReason.Restart());
        }
    }

    /** Marks what does not run as stopped, unless it has ended already. */
    private void stopIdle(Node node) {
        recovery.cancel(node);
        if (node.state() != SubsystemState.STOPPED && node.state() != SubsystemState.FAILED) {
            node.lifecycle().stopped();
            rest.accept(node);
        }
    }
}
