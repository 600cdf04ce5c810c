package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;

/** Work from outside that uses subsystems while it is under way, such as requests. */
public interface InFlightWork {

    /**
     * Where in the routing context of a request the HTTP adapter puts a {@code Runnable}, for an adapter that counts the
     * request
     * as something else: when it has run, no shutdown waits for the request any more.
     */
    String HAND_OVER = InFlightWork.class.getName();

    /**
     * Begins to end what would not end by itself and lets no more of it begin. Called once, before the first wait; does not
     * wait.
     */
    default void end() {
    }

    /** Whether {@code quarkus.shutdown.timeout}, if it is set, makes Quarkus itself wait until this has ended. */
    default boolean isAwaitedByServer() {
        return true;
    }

    /**
     * Waits until all that was under way when this was called has ended. What begins later is not waited for, so that a steady
     * stream of it keeps nobody waiting. Any thread may call this; returns at once if nothing is under way.
     *
     * @param atMost how long to wait
     * @return whether it has ended, false if the time was up first
     */
    boolean awaitQuiet(Duration atMost) throws InterruptedException;

    /** How much of it a drain waits for. Reads fields; any thread may call this. */
    default int count() {
        return 0;
    }

    /** What is counted, in the plural: {@code HTTP requests}. */
    default String kind() {
        return "others";
    }

    /** What it is, as the beginning of a sentence in the log: {@code The HTTP requests under way}. */
    @Override
    String toString();
}
