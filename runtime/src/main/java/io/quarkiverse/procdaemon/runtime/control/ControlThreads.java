package io.quarkiverse.procdaemon.runtime.control;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of the control socket: they keep no process alive, inherit nothing, and find the classes of the
 * application, whichever thread starts them.
 *
 * @param loader that of the application
 */
record ControlThreads(ClassLoader loader) implements ThreadFactory {

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, "proc-daemon-control", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
