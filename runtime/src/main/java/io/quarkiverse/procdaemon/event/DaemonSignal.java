package io.quarkiverse.procdaemon.event;

/**
 * The process got a signal. A CDI event: {@code @Observes DaemonSignal}. It is fired for every signal that the daemon handles,
 * that is for each one with an entry in {@code quarkus.proc-daemon.signals}, or a default, other than {@code none}; whatever
 * its action is. Observers are called on a thread of the daemon, in order with its other events, never on the thread of the
 * signal, and the action does not wait for them.
 *
 * @param number its number on this system, such as 15
 * @param name its name without {@code SIG}, such as {@code TERM}
 */
public record DaemonSignal(int number, String name) {
}
