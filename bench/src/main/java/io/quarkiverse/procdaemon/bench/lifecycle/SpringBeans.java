package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.support.GenericApplicationContext;

/** Beans of one Spring context, all in the same phase, each with a thread of its own. */
final class SpringBeans implements Subject {

    private final GenericApplicationContext context = new GenericApplicationContext();

    SpringBeans(ThreadFactory threads, Bodies bodies) {
        for (int i = 0; i < bodies.count(); i++) {
            context.registerBean("s" + i, Waiting.class, () -> new Waiting(threads, bodies));
        }
        context.refresh();
    }

    @Override
    public void start() {
        context.start();
    }

    @Override
    public void stop() {
        context.stop();
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Waiting implements SmartLifecycle {

        private final CountDownLatch end = new CountDownLatch(1);
        private final ThreadFactory threads;
        private final Bodies bodies;
        private volatile boolean running;
        private volatile Runnable whenEnded;

        Waiting(ThreadFactory threads, Bodies bodies) {
            this.threads = threads;
            this.bodies = bodies;
        }

        /** So that the beans can be made before the measurement begins. */
        @Override
        public boolean isAutoStartup() {
            return false;
        }

        @Override
        public void start() {
            running = true;
            threads.newThread(this::run).start();
        }

        private void run() {
            bodies.work(end);
            running = false;
            whenEnded.run();
        }

        @Override
        public void stop(Runnable callback) {
            whenEnded = callback;
            end.countDown();
        }

        @Override
        public void stop() {
            stop(() -> {
            });
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
