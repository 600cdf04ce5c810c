package io.quarkiverse.procdaemon.runtime.engine;

/**
 * Something that is there for as long as the daemon is, beside its subsystems: the control socket, messages to a service
 * manager. A bean of this type is created before the engine; {@link #begin} hands the engine to it.
 */
public interface DaemonService {

    /**
     * Begins. Called once, before the first subsystem starts. Must not block: what takes long belongs on a thread of its own.
     *
     * @param daemon not started yet
     * @throws io.quarkiverse.procdaemon.DaemonException if the daemon must not start
     */
    void begin(DaemonInternals daemon);

    /** Called once, when every critical subsystem is RUNNING and HTTP is about to open. Must not block either. */
    default void started() {
    }

    /** Called once when all beans of the application are there, before the first subsystem starts. */
    default void assembled() {
        // Nothing to do.
    }

    /**
     * Ends. Called once, when all subsystems have ended and the listeners have been notified; also after a start that failed.
     * Never called in a process that is killed. Returns soon, since the process waits for it.
     */
    void end();
}
