package io.quarkiverse.procdaemon.runtime.engine.supervisor;

/**
 * What has become of a subsystem while a message was handled, and what the supervisor has still to draw conclusions from.
 *
 * @param subsystem which
 */
record Change(Kind kind, ManagedSubsystem subsystem) {

    enum Kind {
        /** It is RUNNING. */
        RUNNING,
        /** Its run has ended and is cleaned up; what follows is not decided yet. */
        ENDED,
        /** Its run would not end. It is FAILED. */
        ABANDONED,
        /** It is STOPPED or FAILED and will not start again by itself. */
        AT_REST
    }
}
