package io.quarkiverse.procdaemon.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;

/** Remembers what it heard, and lets a test wait for something to be heard. */
final class Events implements DaemonListener {

    private final List<SubsystemEvent> heard = new ArrayList<>();
    private boolean ended;

    @Override
    public synchronized void onEvent(SubsystemEvent event) {
        heard.add(event);
        notifyAll();
    }

    /** The last that is received. */
    @Override
    public synchronized void shutdownEnded(ShutdownReport report) {
        ended = true;
        notifyAll();
    }

    /** Waits until everything has been heard: the engine itself waits for no listener longer than a second. */
    void awaitEnd() {
        await("the end of the shutdown", events -> ended);
    }

    synchronized List<SubsystemEvent> all() {
        return List.copyOf(heard);
    }

    /** Each event as {@code Started a}, without those of a kind that is not asked for. */
    List<String> texts(Class<?>... kinds) {
        return all().stream().filter(event -> List.of(kinds).contains(event.getClass())).map(Events::text).toList();
    }

    List<String> texts() {
        return all().stream().map(Events::text).toList();
    }

    static String text(SubsystemEvent event) {
        return event.getClass().getSimpleName() + " " + event.subsystem();
    }

    int indexOf(String text) {
        return texts().indexOf(text);
    }

    /** Waits until an event with that text has been heard, so often. */
    void await(String text, int times) {
        await(text, events -> events.stream().filter(event -> text(event).equals(text)).count() >= times);
    }

    void await(String text) {
        await(text, 1);
    }

    /** Waits for the first so often or the second, whichever comes first. */
    void awaitAny(String text, int times, String other) {
        await(text + " or " + other, events -> events.stream().anyMatch(event -> text(event).equals(other))
                || events.stream().filter(event -> text(event).equals(text)).count() >= times);
    }

    private synchronized void await(String what, Predicate<List<SubsystemEvent>> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.test(heard)) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("never heard: " + what + "; heard: " + heard.stream().map(Events::text).toList());
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                throw new AssertionError("interrupted while waiting for " + what, interrupted);
            }
        }
    }
}
