package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayDeque;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;

/**
 * Who goes when. Two local rules give both orders: a waiting subsystem starts when none of its dependencies is missing, and
 * one that is to end is told so when none of its dependents is live. Whatever brings a count to zero puts the subsystem on an
 * agenda, which is worked off before the message is done, so the depth of the graph costs no stack. Confined to the event loop.
 */
final class Order {

    private final ArrayDeque<Node> startable = new ArrayDeque<>();
    private final ArrayDeque<Node> stoppable = new ArrayDeque<>();
    private final Consumer<Node> start;
    private final Consumer<Node> tell;

    /**
     * @param start starts a subsystem that is WAITING for nothing
     * @param tell tells a subsystem above which nothing runs that it is to end
     */
    Order(Consumer<Node> start, Consumer<Node> tell) {
        this.start = start;
        this.tell = tell;
    }

    /** Stops come first: a subsystem must not start on what is about to go. */
    void workOff() {
        while (true) {
            Node node;
            if ((node = stoppable.poll()) != null) {
                if (node.ending != null && !node.told && (node.live == 0 || node.alone)) {
                    tell.accept(node);
                }
            } else if ((node = startable.poll()) != null) {
                if (node.state() == SubsystemState.WAITING && node.missing == 0) {
                    start.accept(node);
                }
            } else {
                return;
            }
        }
    }

    /** It is WAITING from now on. */
    void await(Node node) {
        node.lifecycle().waitForDependencies(node::waitingFor);
        if (node.missing == 0) {
            startable.add(node);
        }
    }

    /** It is about to start: its dependencies must outlive it. */
    void hold(Node node) {
        for (Node dependency : node.dependencies()) {
            dependency.live++;
        }
    }

    /** It has ended: its dependencies need not wait for it any more. */
    void release(Node node) {
        for (Node dependency : node.dependencies()) {
            if (--dependency.live == 0 && dependency.ending != null) {
                stoppable.add(dependency);
            }
        }
    }

    /** It is RUNNING: its dependents may start. */
    void available(Node node) {
        for (Node dependent : node.dependents()) {
            if (--dependent.missing == 0 && dependent.state() == SubsystemState.WAITING) {
                startable.add(dependent);
            }
        }
    }

    /** It is RUNNING no more, or not for long: nothing may start on it. */
    void lost(Node node) {
        for (Node dependent : node.dependents()) {
            dependent.missing++;
        }
    }

    /** It is not to run any more: its dependents end, then it does, unless it is down already. */
    void bringDown(Node first, ShutdownReason reason) {
        if (first.isActive()) {
            end(first, reason);
        }
        endDependents(first);
    }

    /** It is to end and may come back: its dependents end before it only if its settings say so. */
    void replace(Node first, ShutdownReason reason) {
        if (first.ending != null) {
            return;
        }
        if (stopsDependents(first)) {
            bringDown(first, reason);
        } else {
            first.alone = true;
            end(first, reason);
        }
    }

    private void endDependents(Node first) {
        ArrayDeque<Node> affected = new ArrayDeque<>();
        affected.add(first);
        while (!affected.isEmpty()) {
            for (Node dependent : affected.remove().dependents()) {
                if (dependent.isActive() && dependent.ending == null) {
                    dependent.alone = !stopsDependents(dependent);
                    end(dependent, new ShutdownReason.DependencyLost(first.name()));
                    if (!dependent.alone) {
                        affected.add(dependent);
                    }
                }
            }
        }
    }

    private static boolean stopsDependents(Node node) {
        return node.spec().settings().stopsDependents();
    }

    /** It is to end; whoever calls this sees to its dependents. The first reason counts. */
    void end(Node node, ShutdownReason reason) {
        if (node.isAvailable()) {
            lost(node);
        }
        endForGood(node, reason);
    }

    /** The same when no dependent will start any more, so that nobody need count what is missing. */
    void endForGood(Node node, ShutdownReason reason) {
        if (node.ending != null) {
            return;
        }
        node.ending = reason;
        if (node.live == 0 || node.alone) {
            stoppable.add(node);
        }
    }
}
