package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import com.google.common.util.concurrent.AbstractExecutionThreadService;
import com.google.common.util.concurrent.Service;
import com.google.common.util.concurrent.ServiceManager;

/** Services of Guava under one manager, each with a thread of its own. */
final class GuavaServices implements Subject {

    private final ServiceManager manager;

    private GuavaServices(Stream<Service> services) {
        this.manager = new ServiceManager(services.toList());
    }

    /** On the threads that Guava makes unless told otherwise. */
    static GuavaServices onDefaultThreads(Bodies bodies) {
        return new GuavaServices(Stream.generate(() -> (Service) new Waiting(bodies)).limit(bodies.count()));
    }

    static GuavaServices on(Executor executor, Bodies bodies) {
        return new GuavaServices(
                Stream.generate(() -> (Service) new WaitingOn(executor, bodies)).limit(bodies.count()));
    }

    @Override
    public void start() {
        manager.startAsync().awaitHealthy();
    }

    @Override
    public void stop() {
        manager.stopAsync().awaitStopped();
    }

    private static class Waiting extends AbstractExecutionThreadService {

        private final CountDownLatch end = new CountDownLatch(1);
        private final Bodies bodies;

        Waiting(Bodies bodies) {
            this.bodies = bodies;
        }

        @Override
        protected void run() {
            bodies.work(end);
        }

        @Override
        protected void triggerShutdown() {
            end.countDown();
        }
    }

    private static final class WaitingOn extends Waiting {

        private final Executor executor;

        WaitingOn(Executor executor, Bodies bodies) {
            super(bodies);
            this.executor = executor;
        }

        @Override
        protected Executor executor() {
            return executor;
        }
    }
}
