package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.time.SystemTimer;
import io.quarkus.runtime.ShutdownContext;

/** The engine of this application and what it stands on, from the start to the end. */
public final class DaemonLifecycle {

    private static final Logger LOG = Logger.getLogger(DaemonLifecycle.class);

    private final Engine engine;
    private final SystemTimer timer;
    private final List<BeanReference> beans;
    private final ShutdownContext shutdown;
    private final boolean beforeHttp;

    DaemonLifecycle(Engine engine, SystemTimer timer, List<BeanReference> beans, ShutdownContext shutdown, boolean beforeHttp) {
        this.engine = engine;
        this.timer = timer;
        this.beans = beans;
        this.shutdown = shutdown;
        this.beforeHttp = beforeHttp;
    }

    Engine engine() {
        return engine;
    }

    /** Starts everything; returns when the critical subsystems are RUNNING, throws when one of them cannot be. */
    void start() {
        // After a start that failed elsewhere neither listeners nor ShutdownEvent are heard, only such tasks run: the last
        // registered first, hence before what was there earlier and may be in use by a subsystem.
        shutdown.addShutdownTask(this::stop);
        // Quarkus's own hook waits for the end of the start, however long that takes.
        Thread cancel = new Thread(() -> engine.stop(new ShutdownReason.Requested("the end of the process")),
                "proc-daemon-cancel-start");
        if (added(cancel)) {
            try {
                engine.start();
            } catch (DaemonException failure) {
                throw StartRefusal.of(failure);
            } finally {
                remove(cancel);
            }
        }
    }

    private boolean added(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException endingAlready) {
            LOG.debug("Not starting, since the process is ending", endingAlready);
            return false;
        }
    }

    private void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            LOG.debug("The process ends during the start", ending);
        }
    }

    /** Takes readiness down while everything still runs. */
    void drain() {
        engine.drain();
    }

    /** Stops everything if it is to stop while the HTTP server is still open. */
    void stopBeforeHttp() {
        if (beforeHttp) {
            stop();
        }
    }

    /** Stops everything and waits for it. Later calls wait for the first and do nothing else. */
    void stop() {
        engine.stop(new ShutdownReason.Requested("the end of the application"));
        timer.close();
        beans.forEach(BeanReference::release);
    }
}
