package io.quarkiverse.procdaemon.extension;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.SubsystemContext;

/** What the subsystems of the extension and of its tests have done. */
@Singleton
public class Trace {

    private final List<String> entries = new CopyOnWriteArrayList<>();
    private final Map<String, SubsystemContext> contexts = new ConcurrentHashMap<>();

    /** A subsystem has started. */
    public void start(SubsystemContext context) {
        contexts.put(context.name(), context);
        entries.add("start " + context.name());
    }

    /** A subsystem has stopped. */
    public void stop(SubsystemContext context) {
        entries.add("stop " + context.name());
    }

    /** What has happened since the so many first entries. */
    public List<String> after(int first) {
        List<String> all = List.copyOf(entries);
        return all.subList(first, all.size());
    }

    /** The context of the last run of a subsystem. */
    public SubsystemContext context(String subsystem) {
        return contexts.get(subsystem);
    }
}
