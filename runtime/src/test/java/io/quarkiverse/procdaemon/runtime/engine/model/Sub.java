package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;

/** A subsystem as the {@link Model} knows it: data only. Times are nanoseconds on the virtual clock. */
final class Sub {

    static final long NEVER = Long.MAX_VALUE;

    final Plan plan;
    final List<Sub> dependencies;
    final List<Sub> dependents = new ArrayList<>();
    final List<Promise> starts = new ArrayList<>();
    final List<Promise> stops = new ArrayList<>();
    final List<Promise> leaves = new ArrayList<>();

    SubsystemState state = SubsystemState.REGISTERED;
    long since;
    long generation;
    int restarts;
    int failures;
    /** Whether it is to run whenever it can. */
    boolean wanted;
    /** Whether it is to be forgotten when it has ended. */
    boolean leaving;
    /** Whether code of an abandoned run has not ended. */
    boolean haunted;

    /** The piece of code under way, or null. */
    Phase inside;
    /** Whether that was interrupted. */
    boolean interrupted;
    /** How many pieces of work are in flight, and whether there may be more. */
    int work;
    boolean closed;
    /** How many forked tasks have not ended. */
    int forked;
    /** Whether the run is to end, without its dependents; was asked to stop; was interrupted. */
    boolean ending;
    boolean alone;
    boolean told;
    boolean forced;
    boolean cleanedUp;
    /** How the run failed last, or null. */
    Phase failedIn;
    /** Whether the body returned though its policy is ALWAYS. */
    boolean returned;
    /** Whether the API has asked for another run since this one is to end. */
    boolean again;
    /** Whether the run failed to start. */
    boolean startFailed;
    /** Since when it is RUNNING, until its body has ended; negative else. */
    long startedAt = -1;

    /** Whether what it needs is unavailable, and was the reason for the failure of this run, which then costs nothing. */
    boolean inOutage;
    boolean isOutage;
    /** Whether there ever was a stable run. */
    boolean wasStable;
    /** Since a stable run: restarts that cost nothing, and how long an outage let a run be RUNNING. */
    int uncharged;
    long longest;
    /** When it counts as recovered. */
    long proofDue = NEVER;

    long startDue = NEVER;
    long forceDue = NEVER;
    long abandonDue = NEVER;
    long resumeDue = NEVER;
    /** When silence counts as hung, at the earliest and at the latest. */
    long hungFrom = NEVER;
    long hungBy = NEVER;

    /** How many restarts there were since a stable run. */
    int inARow;
    final List<Long> restartTimes = new ArrayList<>();

    Sub(Plan plan, List<Sub> dependencies) {
        this.plan = plan;
        this.dependencies = dependencies;
    }

    String name() {
        return plan.name();
    }

    boolean isActive() {
        return state.isActive();
    }

    boolean isBusy() {
        return inside != null || work > 0 || forked > 0;
    }

    boolean isUp() {
        return state == SubsystemState.RUNNING && !ending;
    }

    /** Whether it needs nothing below it to start or come back. */
    boolean isStaying() {
        return isActive() && !ending;
    }

    /** Whether it will be heard of, sooner or later, without anybody doing anything. */
    boolean isOnItsWay() {
        return isActive() || state == SubsystemState.RESTARTING;
    }

    boolean isWaitingFor(Sub dependency) {
        return state == SubsystemState.WAITING && dependency.state != SubsystemState.RUNNING;
    }

    void forgetRun() {
        ending = false;
        alone = false;
        told = false;
        closed = false;
        forced = false;
        cleanedUp = false;
        failedIn = null;
        isOutage = false;
        returned = false;
        again = false;
        startFailed = false;
        startedAt = -1;
        startDue = NEVER;
        forceDue = NEVER;
        abandonDue = NEVER;
        hungFrom = NEVER;
        hungBy = NEVER;
        proofDue = NEVER;
    }

    long nextDue() {
        return Math.min(proofDue, Math.min(Math.min(startDue, forceDue), Math.min(abandonDue, resumeDue)));
    }

    int timers() {
        return (startDue < NEVER ? 1 : 0) + (forceDue < NEVER ? 1 : 0) + (abandonDue < NEVER ? 1 : 0)
                + (resumeDue < NEVER ? 1 : 0) + (proofDue < NEVER ? 1 : 0);
    }

    @Override
    public String toString() {
        return name() + "#" + generation + " " + state + (wanted ? " wanted" : "") + (leaving ? " leaving" : "")
                + (ending ? " ending" : "") + (alone ? " alone" : "") + (told ? " told" : "") + (forced ? " forced" : "")
                + (haunted ? " haunted" : "") + (inside == null ? "" : " in " + inside)
                + (forked == 0 ? "" : " with " + forked + " tasks") + " " + restarts + "/" + failures;
    }
}
