package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.run.Events;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.run.Mark;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.run.Reports;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;
import io.quarkiverse.procdaemon.runtime.engine.time.Now;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * A subsystem in its place in the graph, with the two counts that make each decision local. Confined to the event loop but for
 * {@link #lifecycle()}, the neighbours, and what its runs report, which it passes on.
 */
public final class Node implements Reports {

    private final Runs runs;
    private final Lifecycle lifecycle;
    private Node[] dependencies;
    private NodeList dependents;

    /** Whether it is to run whenever it can. */
    boolean wanted;
    /** Whether it is to be removed when it has ended. */
    boolean leaving;
    /** How many dependencies are not RUNNING, or are about to leave it. It may start at zero. */
    int missing;
    /** How many dependents have not ended. It may be told to stop at zero. */
    int live;
    /** Why the current run is to end; null while it is not. */
    ShutdownReason ending;
    /** Whether the current run ends without waiting for its dependents, which stay. */
    boolean alone;
    /** Whether the current run has been told so. */
    boolean told;
    /** The last failure of the current run; null if there was none. */
    Failure failure;
    /** Whether the body of the current run has returned though it should go on for ever. */
    boolean returned;
    /** Whether a hand wants another run after the current one, which is to end, whatever the policy says. */
    boolean again;
    /** What looks after the current run; null if nothing does. */
    Watch watch;
    /** The call of its probe that has not ended, in whichever run it was made; null if there is none. */
    private volatile ProbeCall probeCall;
    private boolean awaited;
    private boolean running;
    private long runningSince;
    /** Whether the current run has failed to start. */
    boolean startFailed;
    /** Ends the back-off that it waits for; null if there is none. */
    Timer.Timeout backOff;

    Node(SubsystemSpec spec, Platform platform, Now now, Events events, Mark mark, Runs runs) {
        this.runs = runs;
        this.lifecycle = new Lifecycle(spec, platform, now, events, mark, this);
    }

    @Override
    public Report begins(Generation generation, Phase phase) {
        return runs.begins(this, generation, phase);
    }

    @Override
    public void drained(Generation generation) {
        runs.drained(this, generation);
    }

    @Override
    public void errandFailed(Generation generation, Phase phase, Thrown cause, Runnable known) {
        runs.errandHasFailed(this, generation, phase, cause, known);
    }

    /** Everything is down still, so all dependencies are missing. */
    void link(Node[] itsDependencies, Node[] itsDependents) {
        dependencies = itsDependencies;
        dependents = new NodeList(itsDependents);
        missing = itsDependencies.length;
    }

    /** The dependencies may be up already, and nothing can depend on it yet. */
    void link(Node[] itsDependencies) {
        link(itsDependencies, new Node[0]);
        missing = 0;
        for (Node dependency : itsDependencies) {
            if (!dependency.isAvailable()) {
                missing++;
            }
        }
    }

    /** All are down: nobody has counted what is missing, nor what was at the mark. */
    void reopen() {
        missing = dependencies.length;
        awaited = false;
        lifecycle.forgetMark();
    }

    /** It is RUNNING from now on. */
    void enterRunning(long nanos) {
        running = true;
        runningSince = nanos;
    }

    /**
     * It is about to end, if it was RUNNING: the moment at which it was stable or not. Only the first call for a run counts.
     */
    void leaveRunning(long nanos) {
        if (running) {
            running = false;
            if (nanos - runningSince >= Nanos.of(spec().settings().restart().stableAfter())) {
                lifecycle.stableRunEnds();
            }
        }
    }

    /** The current run is over; nothing of it counts for the next one. */
    void forgetRun() {
        ending = null;
        alone = false;
        told = false;
        failure = null;
        returned = false;
        again = false;
        watch = null;
        startFailed = false;
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

    /** What it depends on directly, in the order declared. Not to be written to. */
    public Node[] dependencies() {
        return dependencies;
    }

    /** What depends on it directly, in start order. */
    public NodeList dependents() {
        return dependents;
    }

    /** Whether the start of the daemon is not over before this is RUNNING. */
    public boolean isAwaited() {
        return awaited;
    }

    /** Whether it is from now on. */
    public void awaited(boolean value) {
        awaited = value;
    }

    /** Waits, so many nanoseconds at most, until its probe has returned if it was called just now. Any thread may call this. */
    public void awaitProbe(long nanos) throws InterruptedException {
        ProbeCall call = probeCall;
        if (call != null) {
            call.awaitLeft(nanos);
        }
    }

    /** Counts a call of its probe as ended whose thread waits for the end of the process. Any thread may call this. */
    public void leaveProbeThatExits(Predicate<StackTraceElement[]> exits) {
        ProbeCall call = probeCall;
        if (call != null) {
            call.leaveIfItExits(exits);
        }
    }

    /** Which call of its probe still runs, in words; empty if none does. Any thread may call this. */
    public String runningProbe() {
        ProbeCall call = probeCall;
        return call == null || !call.isRunning() ? ""
                : "the health check of generation " + call.generation().number() + " has not returned";
    }

    ProbeCall probeCall() {
        return probeCall;
    }

    void probeCall(ProbeCall call) {
        probeCall = call;
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

    /** Whether it is RUNNING and not about to end, so that dependents may run above it. */
    public boolean isAvailable() {
        return state() == SubsystemState.RUNNING && ending == null;
    }

    /** Whether its last run was abandoned and has not ended, so that there must not be another. */
    boolean isAbandoned() {
        return !isActive() && generation() != null && generation().isBusy();
    }

    /** Whether it is active and not about to end, so that it needs no dependency to come back. */
    public boolean isStaying() {
        return isActive() && ending == null;
    }

    /** The names of the dependencies that are not RUNNING. Any thread may call this. */
    public List<String> waitingFor() {
        if (dependencies.length == 0) {
            return List.of();
        }
        return Arrays.stream(dependencies).filter(node -> node.state() != SubsystemState.RUNNING).map(Node::name).toList();
    }
}
