package io.quarkiverse.procdaemon.runtime.engine.model;

/** A thread that knows whether it was interrupted. In a simulation it is never started: the driver runs its task. */
final class ModelThread extends Thread {

    private volatile boolean interrupted;
    private volatile Runnable reaction;

    ModelThread(String name, Runnable task) {
        super(null, task, name, 0, true);
        setDaemon(true);
    }

    @Override
    public void interrupt() {
        interrupted = true;
        super.interrupt();
        react();
    }

    boolean wasInterrupted() {
        return interrupted;
    }

    /** What else an interrupt does, on the thread that interrupts. */
    void onInterrupt(Runnable action) {
        reaction = action;
    }

    /** Does that if it was interrupted; may be done twice. */
    void react() {
        Runnable action = reaction;
        if (interrupted && action != null) {
            action.run();
        }
    }
}
