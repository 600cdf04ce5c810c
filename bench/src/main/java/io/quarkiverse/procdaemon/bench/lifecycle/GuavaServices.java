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

    GuavaServices(Executor threads, Bodies bodies) {
        this.manager = new ServiceManager(
                Stream.generate(() -> (Service) new Waiting(threads, bodies)).limit(bodies.count()).toList());
    }

    @Override
    public void start() {
        manager.startAsync().awaitHealthy();
    }

    @Override
    public void stop() {
        manager.stopAsync().awaitStopped();
    }

    private static final class Waiting extends AbstractExecutionThreadService {

        private final CountDownLatch end = new CountDownLatch(1);
        private final Executor threads;
        private final Bodies bodies;

        Waiting(Executor threads, Bodies bodies) {
            this.threads = threads;
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

        @Override
        protected Executor executor() {
            return threads;
        }
    }
}
