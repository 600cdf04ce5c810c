package io.quarkiverse.procdaemon.runtime.engine.model;

/** A thread that knows whether it was interrupted. In a simulation it is never started: the driver runs its task. */
final class ModelThread extends Thread {

    private volatile boolean interrupted;

    ModelThread(String name, Runnable task) {
        super(null, task, name, 0, false);
        setDaemon(true);
    }

    @Override
    public void interrupt() {
        interrupted = true;
        super.interrupt();
    }

    boolean wasInterrupted() {
        return interrupted;
    }
}
