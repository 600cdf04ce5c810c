package io.quarkiverse.procdaemon.runtime.engine.log;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemState;

/**
 * The fields that lines logged on the current thread have, until they are closed on the same thread: which subsystem, which run
 * of
 * it, and what has gone wrong. Several are closed in reverse order.
 */
public final class LogFields implements AutoCloseable {

    private static final String SUBSYSTEM = "subsystem";
    private static final String GENERATION = "generation";
    private static final String[] NAMES = { SUBSYSTEM, GENERATION, "state", "code" };

    private final @Nullable Object[] values;
    private final @Nullable Object[] before;

    /** @param values in the order of the names; fields without one keep theirs, and null removes the field */
    private LogFields(@Nullable Object... values) {
        this.values = values;
        before = new Object[values.length];
        for (int i = 0; i < before.length; i++) {
            before[i] = MDC.get(NAMES[i]);
        }
        put();
    }

    /** For a thread of a run, and the code of users that it calls. */
    public static LogFields ofRun(String subsystem, long generation) {
        Thread thread = Thread.currentThread();
        return new LogFields(new Own(subsystem, thread), new Own(Long.toString(generation), thread));
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
     * @param code what has gone wrong; null if nothing has
     */
    public static LogFields ofLine(String subsystem, long generation, @Nullable SubsystemState state,
            @Nullable ErrorCode code) {
        return new LogFields(subsystem, generation == 0 ? null : Long.toString(generation), state == null ? null : state.name(),
                code == null ? null : code.toString());
    }

    /** For lines of the daemon's own that are not about a subsystem. */
    public static LogFields ofCode(@Nullable ErrorCode code) {
        return new LogFields(null, null, null, code == null ? null : code.toString());
    }

    /** Puts them again: users may have removed all fields. */
    public void put() {
        put(values);
    }

    @Override
    public void close() {
        put(before);
    }

    private static void put(@Nullable Object[] values) {
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                MDC.put(NAMES[i], value);
            } else if (MDC.get(NAMES[i]) != null) {
                MDC.remove(NAMES[i]);
            }
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
