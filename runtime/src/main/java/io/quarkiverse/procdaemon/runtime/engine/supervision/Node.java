package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.util.Arrays;
import java.util.List;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Generation;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Lifecycle;

/**
 * A subsystem in its place in the graph, with the two counts that make each decision local. Confined to the mailbox but for
 * {@link #lifecycle()} and the neighbours.
 */
public final class Node {

    private final Lifecycle lifecycle;
    private Node[] dependencies;
    private Node[] dependents;
    final Promises started;
    final Promises stopped;

    /** Whether it is to run whenever it can. */
    boolean wanted;
    /** How many dependencies are not RUNNING, or are about to leave it. It may start at zero. */
    int missing;
    /** How many dependents have not ended. It may be told to stop at zero. */
    int live;
    /** Why the current run is to end; null while it is not. */
    ShutdownReason ending;
    /** Whether the current run has been told so. */
    boolean told;
    /** Whether the current run has failed. */
    boolean failed;
    /** Asks the current run for its health; null if it cannot be asked. */
    HealthProbe probe;

    Node(Lifecycle lifecycle, Promises started, Promises stopped) {
        this.lifecycle = lifecycle;
        this.started = started;
        this.stopped = stopped;
    }

    void link(Node[] itsDependencies, Node[] itsDependents) {
        dependencies = itsDependencies;
        dependents = itsDependents;
        missing = itsDependencies.length;
    }

    /** Its state machine. */
    public Lifecycle lifecycle() {
        return lifecycle;
    }

    /** What it was made of. */
    public SubsystemSpec spec() {
        return lifecycle.spec();
    }

    /** Its name. */
    public String name() {
        return spec().name();
    }

    /** What it depends on directly. Not to be written to. */
    public Node[] dependencies() {
        return dependencies;
    }

    /** What depends on it directly, in start order. Not to be written to. */
    public Node[] dependents() {
        return dependents;
    }

    SubsystemState state() {
        return lifecycle.state();
    }

    Generation generation() {
        return lifecycle.generation();
    }

    boolean isActive() {
        return state().isActive();
    }

    /** Whether dependents may run above it. */
    boolean isAvailable() {
        return state() == SubsystemState.RUNNING && ending == null;
    }

    /** The names of the dependencies that are not RUNNING. Any thread may call this. */
    public List<String> waitingFor() {
        return Arrays.stream(dependencies).filter(node -> node.state() != SubsystemState.RUNNING).map(Node::name).toList();
    }
}
