package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;

/** What a sequence over many subsystems needs to hear. Called by the thread that drains the event loop; must not block. */
public interface Milestones {

    /** Whether the first start of all is under way. */
    boolean isStarting();

    /** Whether a failed start of a subsystem is final, because the first start of all waits for it and is tried once only. */
    boolean startsOnce(Node node);

    /** A subsystem is RUNNING. */
    void running(Node node);

    /** A subsystem is STOPPED or FAILED and will not start again by itself. */
    void down(Node node);

    /**
     * A subsystem, which is down, failed for good though it was wanted, or would not end. Follows {@link #down}.
     *
     * @param settings those by which it gave up
     */
    void gaveUp(Node node, RestartSettings settings);

    /** A subsystem is there that was not before. */
    void registered(Node node);

    /** A subsystem, which is down, is not there any more. */
    void unregistered(Node node);

    /** A message has been worked off, with all that follows from it. */
    void handled();

    /** No subsystem is active any more. */
    void allDown();

    /** A message could not be handled for want of memory; what it would have changed may be half changed. Any thread. */
    void outOfMemory();
}
