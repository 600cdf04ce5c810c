package io.quarkiverse.procdaemon.deployment.wiring;

import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.SkippedExecution;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import sun.misc.Signal;

/** An application that says what happens at its end, in lines that begin with {@code trace: }. */
final class EndApplication {

    private EndApplication() {
    }

    static void trace(String text) {
        System.out.println("trace: " + text);
    }

    @Subsystem
    static class Journal {

        @Inject
        Daemon daemon;

        final CountDownLatch stopping = new CountDownLatch(1);
        int skipped;

        @Run
        void run(ShutdownHandle shutdown) throws InterruptedException {
            shutdown.await();
            try {
                // Takes a moment to end.
                new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                trace("journal is interrupted");
            }
        }

        @OnStop
        void close() {
            trace("journal stops");
            stopping.countDown();
        }

        @Scheduled(every = "1s")
        synchronized void compact() {
            // It may have been about to fire when the shutdown began, and the journal waits for it then.
            if (skipped > 0 || stopping.getCount() == 0) {
                trace("fired while " + daemon.state());
            }
        }

        synchronized void observe(@Observes SkippedExecution event) {
            if (daemon.state() == DaemonState.DRAINING) {
                trace("skipped while journal is " + daemon.subsystem("journal").orElseThrow().state() + ", " + ++skipped);
            }
        }
    }

    @Singleton
    static class Listener implements DaemonListener {

        final CountDownLatch began = new CountDownLatch(1);

        @Override
        public void onEvent(SubsystemEvent event) {
            // Only the end is of interest.
        }

        @Override
        public void shutdownBegan(String daemon, ShutdownReason reason, OptionalInt exitCode, boolean duringStart) {
            began.countDown();
        }
    }

    @Singleton
    static class Routes {

        @Inject
        Daemon daemon;

        @Inject
        Journal journal;

        @Inject
        Listener listener;

        void routes(@Observes Router router) {
            router.route("/plain").handler(context -> context.end("plain"));
            router.route("/use").blockingHandler(this::use, false);
            router.route("/stuck").handler(context -> trace("stuck begins"));
            router.route("/shutdown").handler(context -> {
                daemon.shutdown(3);
                context.end("shutdown");
            });
            router.route("/own-handler").handler(context -> {
                Signal.handle(new Signal("TERM"), signal -> trace("own handler of " + signal.getName()));
                context.end("own handler");
            });
        }

        /** Ends a second after the shutdown has begun, or as soon as the subsystem that it uses stops, if it does. */
        private void use(RoutingContext context) {
            try {
                trace("use begins");
                boolean began = listener.began.await(20, TimeUnit.SECONDS);
                boolean stopped = journal.stopping.await(1, TimeUnit.SECONDS);
                String text = "began " + began + ", stopped " + stopped + ", journal is "
                        + daemon.subsystem("journal").orElseThrow().state();
                trace(text);
                context.end(text);
            } catch (InterruptedException e) {
                context.fail(e);
            }
        }
    }
}
