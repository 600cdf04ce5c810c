package io.quarkiverse.procdaemon.runtime.engine.supervision;

/** What a sequence over many subsystems needs to hear. Called by the thread that drains the mailbox; must not block. */
public interface Milestones {

    /** A subsystem is RUNNING. */
    void running(Node node);

    /** A subsystem is STOPPED or FAILED and will not start again by itself. */
    void down(Node node);

    /** No subsystem is active any more. */
    void allDown();
}
