package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.SubsystemRegistry;

/**
 * The drain of a daemon: begins and ends it, counts what it waits for, and notifies the listeners, also when nothing is in
 * flight any more. When {@link #begin()} has returned, no new work begins; and from a moment on at which {@link #inFlight()}
 * was 0, none does until {@link #end()}, except for what is always let in: HTTP requests, and work that bodies begin
 * themselves. Any thread may call the public methods.
 */
public final class Draining {

    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final String daemon;
    private final Drain drain;
    private final SubsystemRegistry registry;
    private final EventLoop<Message> loop;
    private final EventBus events;
    private volatile List<InFlightWork> fromOutside = List.of();
    /** The last change that ended a drain when nothing was in flight. */
    private volatile int quietEnd;
    /** How many changes the listeners have been notified of. The rest is confined to the event loop, too. */
    private int notified;
    private long begun;
    private TimerQueue.@Nullable Timeout<Message> nextLook;

    public Draining(String daemon, Drain drain, SubsystemRegistry registry, EventLoop<Message> loop, EventBus events) {
        this.daemon = daemon;
        this.drain = drain;
        this.registry = registry;
        this.loop = loop;
        this.events = events;
    }

    /** That counts, too, besides the work of the subsystems. Called once. */
    public void count(List<InFlightWork> work) {
        fromOutside = List.copyOf(work);
    }

    public boolean isOn() {
        return drain.isOn();
    }

    /** Nothing if it is on already. Does not wait. */
    public void begin() {
        if (drain.begin()) {
            loop.post((Message.Step) this::notifyOfChanges);
        }
    }

    /** Nothing if it is not on. */
    public void end() {
        int changes = drain.changes();
        // Asked before new work may begin.
        if (Drain.isOn(changes) && inFlight() == 0) {
            quietEnd = changes + 1;
        }
        if (drain.end()) {
            loop.post((Message.Step) this::notifyOfChanges);
        }
    }

    /** How much is in flight. Reads fields. */
    public int inFlight() {
        int sum = 0;
        for (ManagedSubsystem subsystem : registry.inStartOrder()) {
            sum += inFlight(subsystem);
        }
        for (InFlightWork work : fromOutside) {
            sum += work.count();
        }
        return sum;
    }

    /** What a run has left behind that was abandoned is not waited for. */
    private static int inFlight(ManagedSubsystem subsystem) {
        Run run = subsystem.run();
        return run != null && subsystem.status().state().isActive() ? run.inFlight() : 0;
    }

    /** Whose work that is: subsystems in start order, then kinds of work from outside; nobody who has none. Reads fields. */
    public Map<String, Integer> inFlightByOwner() {
        Map<String, Integer> all = new LinkedHashMap<>();
        for (ManagedSubsystem subsystem : registry.inStartOrder()) {
            add(subsystem.name(), inFlight(subsystem), all);
        }
        for (InFlightWork work : fromOutside) {
            add(work.kind(), work.count(), all);
        }
        return all;
    }

    private static void add(String owner, int count, Map<String, Integer> all) {
        if (count > 0) {
            Integer others = all.get(owner);
            all.put(owner, others == null ? count : others + count);
        }
    }

    private List<String> list() {
        List<String> list = new ArrayList<>();
        for (Map.Entry<String, Integer> each : inFlightByOwner().entrySet()) {
            list.add(each.getKey() + " " + each.getValue());
        }
        return list;
    }

    /** Each of them, and in their order, though the messages may come in another. */
    private void notifyOfChanges() {
        while (notified < drain.changes()) {
            notified++;
            boolean unsaid = nextLook != null;
            lookNoMore();
            if (Drain.isOn(notified)) {
                begun = loop.now().nanos();
                List<String> inFlight = list();
                events.tell(new News.DrainBegan(daemon, inFlight));
                if (!inFlight.isEmpty()) {
                    lookIn(FIRST_LOOK);
                }
            } else {
                if (unsaid && quietEnd == notified) {
                    drained();
                }
                events.tell(new News.Resumed(daemon));
                callAgain();
            }
            events.tell(new News.StateChanged());
        }
    }

    /** When the daemon has stopped there is nothing to wait for. On the event loop. */
    void lookNoMore() {
        if (nextLook != null) {
            nextLook.cancel();
            nextLook = null;
        }
    }

    /** Bodies wait for the end of a drain as they wait for another interval. */
    private void callAgain() {
        for (ManagedSubsystem subsystem : registry.inStartOrder()) {
            Run run = subsystem.run();
            if (run != null) {
                run.configurationChanged();
            }
        }
    }

    private void lookIn(Duration delay) {
        nextLook = loop.after(delay, (Message.Step) () -> look(delay));
    }

    private void look(Duration waited) {
        if (inFlight() > 0) {
            lookIn(waited.compareTo(LONGEST) < 0 ? waited.multipliedBy(2) : LONGEST);
        } else {
            nextLook = null;
            drained();
        }
    }

    private void drained() {
        events.tell(new News.Drained(daemon, Duration.ofNanos(loop.now().nanos() - begun)));
    }
}
