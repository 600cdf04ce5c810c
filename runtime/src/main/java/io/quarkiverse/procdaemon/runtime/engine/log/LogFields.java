package io.quarkiverse.procdaemon.runtime.engine.log;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.SubsystemState;

/**
 * The fields that lines logged on the current thread have, until they are closed on the same thread: which subsystem, and which
 * run of it. Several are closed in reverse order.
 */
public final class LogFields implements AutoCloseable {

    private static final String SUBSYSTEM = "subsystem";
    private static final String GENERATION = "generation";
    private static final String STATE = "state";

    private final Object subsystem;
    private final @Nullable Object generation;
    private final @Nullable Object state;
    private final @Nullable Object subsystemBefore;
    private final @Nullable Object generationBefore;
    private final @Nullable Object stateBefore;

    private LogFields(Object subsystem, @Nullable Object generation, @Nullable Object state) {
        this.subsystem = subsystem;
        this.generation = generation;
        this.state = state;
        subsystemBefore = MDC.get(SUBSYSTEM);
        generationBefore = MDC.get(GENERATION);
        stateBefore = MDC.get(STATE);
        put();
    }

    /** For a thread of a run, and the code of users that it calls. */
    public static LogFields ofRun(String subsystem, long generation) {
        Thread thread = Thread.currentThread();
        return new LogFields(new Own(subsystem, thread), new Own(Long.toString(generation), thread), null);
    }

    /** For the work of a run on a context of Vert.x that ends with it, whichever threads it uses: they need not be closed. */
    public static void onContext(String subsystem, long generation) {
        MDC.put(SUBSYSTEM, subsystem);
        MDC.put(GENERATION, Long.toString(generation));
    }

    /**
     * For lines of the daemon's own about a subsystem.
     *
     * @param generation the run; 0 if it has none
     * @param state the state that the subsystem has, or gets with that; null if it is not known
     */
    public static LogFields ofLine(String subsystem, long generation, @Nullable SubsystemState state) {
        return new LogFields(subsystem, generation == 0 ? null : Long.toString(generation),
                state == null ? null : state.name());
    }

    /** Puts them again: users may have removed all fields. */
    public void put() {
        set(SUBSYSTEM, subsystem);
        set(GENERATION, generation);
        set(STATE, state);
    }

    @Override
    public void close() {
        set(SUBSYSTEM, subsystemBefore);
        set(GENERATION, generationBefore);
        set(STATE, stateBefore);
    }

    private static void set(String field, @Nullable Object value) {
        if (value != null) {
            MDC.put(field, value);
        } else if (MDC.get(field) != null) {
            MDC.remove(field);
        }
    }

    /**
     * Empty on every other thread: a thread gets the fields of the one that makes it, and a pool may keep it and do the work of
     * others there.
     */
    private static final class Own {

        private final String text;
        private final long thread;

        private Own(String text, Thread thread) {
            this.text = text;
            this.thread = thread.getId();
        }

        @Override
        public String toString() {
            return Thread.currentThread().getId() == thread ? text : "";
        }
    }
}
