package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.reload.HotReload;
import io.quarkiverse.procdaemon.runtime.signal.HeldSignals;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;

/** Starts and stops the engine of this application, and everything that belongs to it. */
public final class DaemonLifecycle {

    private static final Logger LOG = Logger.getLogger(DaemonLifecycle.class);

    private static final ShutdownReason FAILED_START = new ShutdownReason.Requested(
            "the application, whose start failed after its subsystems had started");
    private static final ShutdownReason END_OF_JVM = new ShutdownReason.Requested("the end of the JVM");
    private static final ShutdownReason END = new ShutdownReason.Requested("the end of the application");

    private final Engine engine;
    private final HotReload reload;
    private final QuarkusProcess process;
    private final List<BeanReference> beans;
    private final ShutdownContext shutdown;
    private final HttpOrder http;
    private final boolean observed;
    private final List<DaemonService> services;
    private final Thread hook;
    private final CountDownLatch ending = new CountDownLatch(1);
    /** Whether the application had started when it ended. */
    private volatile boolean orderly;
    /** Whether it ends without the JVM, which may end in the meantime. */
    private volatile boolean endsBeforeJvm;

    /**
     * @param observed whether the application observes events of the daemon
     * @param services what ends after it; begun already
     */
    DaemonLifecycle(Engine engine, HotReload reload, QuarkusProcess process, List<BeanReference> beans,
            ShutdownContext shutdown, HttpOrder http, boolean observed, List<DaemonService> services) {
        this.engine = engine;
        this.reload = reload;
        this.process = process;
        this.beans = beans;
        this.shutdown = shutdown;
        this.http = http;
        this.observed = observed;
        this.services = services;
        // Quarkus's own shutdown hook waits for the end of the start, however long that takes.
        this.hook = new Thread(this::jvmEnds, "proc-daemon-end-of-jvm");
    }

    Engine engine() {
        return engine;
    }

    /** Starts everything; returns when all critical subsystems are RUNNING, throws if one of them cannot be. */
    void start() {
        // After a start that failed elsewhere, neither listeners nor ShutdownEvent are called, only such tasks: the last one
        // first, hence before those of extensions that were there earlier and may be in use by a subsystem.
        shutdown.addShutdownTask(this::close);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            LOG.debug("Not starting, since the process is ending", endingAlready);
            return;
        }
        try {
            if (process.outlivesDaemon()) {
                ClientProxies.create(Arc.container());
            }
            services.forEach(DaemonService::assembled);
            engine.start();
            services.forEach(DaemonService::started);
            beginReloads();
        } catch (DaemonStateException cancelled) {
            fixExitCode();
            throw StartFailure.of(cancelled);
        } catch (DaemonException failure) {
            throw StartFailure.of(failure);
        }
    }

    private void beginReloads() {
        LaunchMode mode = LaunchMode.current();
        if (mode == LaunchMode.NORMAL) {
            // The start does not wait for it.
            new SystemThreads().startOrRun("proc-daemon-after-start", this::afterStart);
        } else {
            // In dev mode Quarkus itself reacts to changed files.
            reload.begin(mode != LaunchMode.DEVELOPMENT);
        }
    }

    private void afterStart() {
        reload.begin(true);
        if (!ImageMode.current().isNativeImage()) {
            ShutdownClasses.load(Thread.currentThread().getContextClassLoader());
        }
    }

    /** An exception would make it 1 in Quarkus, so the process exits before. */
    private void fixExitCode() {
        OptionalInt code = coordinator().exitCode();
        if (process.canHalt() && code.isPresent()) {
            new Thread(() -> process.exitNow(code.getAsInt()), "proc-daemon-exit-now").start();
            Uninterrupted.await(() -> ending.await(1, TimeUnit.SECONDS));
        }
    }

    private ShutdownCoordinator coordinator() {
        return engine.shutdownCoordinator();
    }

    private void jvmEnds() {
        endOfJvm();
        if (endsBeforeJvm) {
            // Quarkus has removed its own hook by then, so nothing else keeps the JVM alive until the subsystems have stopped.
            engine.stop(END);
        }
    }

    private void endOfJvm() {
        ending.countDown();
        ShutdownReason.Signal early = HeldSignals.endedTheStart();
        coordinator().endOfJvm(early == null ? END_OF_JVM : early, process.isExiting());
    }

    /** The {@code run} method of the application threw, so Quarkus stops it, usually with exit code 1. */
    void runFailed(Throwable thrown) {
        coordinator().fail(new ShutdownReason.Requested("the application, whose run method threw a "
                + thrown.getClass().getName()), OptionalInt.empty());
        fixExitCode();
    }

    boolean canHalt() {
        return process.canHalt();
    }

    /** The application is shutting down: readiness goes DOWN while everything still runs. */
    void end() {
        orderly = true;
        if (ApplicationLifecycleManager.isVmShuttingDown()) {
            endOfJvm();
        } else {
            endsBeforeJvm = true;
            coordinator().begin(END,
                    process.canHalt() ? OptionalInt.of(ApplicationLifecycleManager.getExitCode()) : OptionalInt.empty());
            coordinator().processEnds();
        }
    }

    /** The HTTP server is about to close; does what must come before that. */
    void beforeHttpCloses() {
        http.awaitTraffic();
        if (http.stopsSubsystemsFirst()) {
            stop();
        }
    }

    /**
     * Stops all subsystems and waits for it; later calls wait for the first. If the application observes events, it has then
     * observed them all; this does not wait for the log.
     */
    void stop() {
        reload.end();
        if (observed) {
            engine.stop(END);
        } else {
            engine.stopSubsystems(END);
        }
        // A loop: the JVM would link a lambda at its first use, which may take a millisecond.
        for (BeanReference bean : beans) {
            bean.release();
        }
    }

    /** Waits for the listeners, as long as there is a container for them. */
    private void close() {
        if (!orderly) {
            coordinator().fail(FAILED_START, OptionalInt.empty());
        }
        stop();
        engine.stop(END);
        endServices();
        if (!process.canHalt()) {
            engine.loop().close();
            removeHook();
        }
    }

    // A loop, as above.
    private void endServices() {
        for (DaemonService service : services) {
            try {
                service.end();
            } catch (RuntimeException failure) {
                LOG.error("A service of the daemon did not end in order", failure);
            }
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            LOG.debug("The process ends", ending);
        }
    }
}
