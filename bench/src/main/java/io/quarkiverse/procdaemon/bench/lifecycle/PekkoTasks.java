package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.CoordinatedShutdown;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Tasks of one phase of Pekko's coordinated shutdown; each tells one thread to end and is done when that has. */
final class PekkoTasks implements Subject {

    /** The actor system lives on, so that its end is not measured; and no hook is left with the JVM by each of many. */
    private static final Config CONFIG = ConfigFactory.parseString("""
            pekko.loglevel = OFF
            pekko.stdout-loglevel = OFF
            pekko.coordinated-shutdown.terminate-actor-system = off
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            """).withFallback(ConfigFactory.load());

    private static final CoordinatedShutdown.Reason REASON = new CoordinatedShutdown.Reason() {
    };

    private final ActorSystem system = ActorSystem.create("bench", CONFIG);
    private final CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    private final ThreadFactory threads;
    private final Bodies bodies;

    PekkoTasks(ThreadFactory threads, Bodies bodies) {
        this.threads = threads;
        this.bodies = bodies;
    }

    /** Pekko has no part in it. */
    @Override
    public void start() {
        for (int i = 0; i < bodies.count(); i++) {
            Waiting body = new Waiting(bodies);
            threads.newThread(body::run).start();
            shutdown.addTask(CoordinatedShutdown.PhaseServiceStop(), "s" + i, body::stop);
        }
    }

    @Override
    public void stop() throws Exception {
        shutdown.runAll(REASON).toCompletableFuture().get();
    }

    @Override
    public void close() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private static final class Waiting {

        private final CountDownLatch end = new CountDownLatch(1);
        private final CompletableFuture<Done> ended = new CompletableFuture<>();
        private final Bodies bodies;

        Waiting(Bodies bodies) {
            this.bodies = bodies;
        }

        void run() {
            bodies.work(end);
            ended.complete(Done.getInstance());
        }

        CompletionStage<Done> stop() {
            end.countDown();
            return ended;
        }
    }
}
