package io.quarkiverse.procdaemon;

/** A piece of code that runs beside the body of a subsystem, see {@link SubsystemContext#fork}. */
@FunctionalInterface
public interface Task {

    /** Called once, on a thread of the subsystem, which may be interrupted. What it throws is a failure of the run. */
    void run() throws Exception;
}
