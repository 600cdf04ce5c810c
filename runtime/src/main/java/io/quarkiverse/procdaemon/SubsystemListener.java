package io.quarkiverse.procdaemon;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/**
 * Is called for each transition of each subsystem, from the first one on. For other extensions: a CDI bean of this type,
 * usually {@code @Singleton}, is all it takes, and it is never removed as unused.
 *
 * <pre>
 * &#64;Singleton
 * public class StatusPage implements SubsystemListener {
 *     &#64;Override
 *     public void onEvent(SubsystemEvent event) {
 *         if (event instanceof SubsystemEvent.GaveUp gaveUp) {
 *             show(gaveUp.subsystem(), gaveUp.reason());
 *         }
 *     }
 * }
 * </pre>
 *
 * <b>Threads</b>: each listener is called on a thread of the daemon that calls no other, for one event after the other, in the
 * order in which they happened; not always the same thread. By then the subsystem may be in another state. A listener may
 * block and may call {@link Daemon}, but must not wait for one of its own later events.
 * <p>
 * <b>Slow and failing listeners</b> delay neither subsystems nor other listeners. What a listener throws is logged, and it gets
 * the next event all the same. If it falls 65,536 events behind, it misses what follows until it has caught up, which is
 * logged, too. At the end of a shutdown the daemon waits no longer than a second for its listeners.
 * <p>
 * <b>Creation</b>: before the daemon, so that the bean may inject {@link Daemon} but not call it before its first event. An
 * exception of its constructor fails the start of the application.
 * <p>
 * <b>Stable</b>: methods that are added will have a default. Later versions may add kinds of {@link SubsystemEvent}, so ignore
 * those that you do not know.
 */
@FunctionalInterface
public interface SubsystemListener {

    /** Called for each event. What it throws is logged. */
    void onEvent(SubsystemEvent event);
}
