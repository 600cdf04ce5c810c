package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** Each short call has a request context of its own, which ends with it; a long body has none. */
class RequestContextTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Trace.class, Counter.class, Steps.class, Poller.class, Later.class,
                    Unhappy.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.health.interval", "10ms")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.unhappy.restart.max-restarts", "0")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.later.start-timeout", "20s");

    /** Each instance has a number; two calls within a context meet the same. */
    @RequestScoped
    static class Counter {

        static final AtomicInteger MADE = new AtomicInteger();
        static final AtomicInteger ENDED = new AtomicInteger();

        private int number;

        /** Not by the constructor, which makes proxies, too. */
        @PostConstruct
        void begin() {
            number = MADE.incrementAndGet();
        }

        int number() {
            return number;
        }

        @PreDestroy
        void end() {
            ENDED.incrementAndGet();
        }
    }

    @Subsystem
    static class Steps {

        static volatile int probes;

        @Inject
        Counter counter;

        @Inject
        Trace trace;

        private void note(String step) {
            int number = counter.number();
            assertThat(counter.number()).isEqualTo(number);
            trace.add(step + " " + number);
        }

        @OnStart
        void start() {
            note("start");
        }

        @Run
        void run(ShutdownHandle shutdown) throws InterruptedException {
            try {
                note("run");
            } catch (ContextNotActiveException none) {
                trace.add("run without");
            }
            shutdown.await();
        }

        @Healthy
        boolean healthy() {
            probes = counter.number();
            return true;
        }

        @OnReload
        void reload() {
            note("reload");
        }

        @OnStop
        void stop() {
            note("stop");
            // It is over before its time.
            Arc.container().requestContext().terminate();
        }
    }

    @Subsystem
    static class Poller {

        static final AtomicInteger CALLS = new AtomicInteger();
        static final AtomicInteger SAME = new AtomicInteger();
        private static volatile int last;

        @Inject
        Counter counter;

        @Run(every = "1ms")
        CompletionStage<Void> poll() {
            int number = counter.number();
            if (number == last) {
                SAME.incrementAndGet();
            }
            last = number;
            CALLS.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        }
    }

    @Subsystem(critical = false)
    static class Later {

        static final CompletableFuture<Void> START = new CompletableFuture<>();
        static final CompletableFuture<String> ENDED = new CompletableFuture<>();
        static final CountDownLatch BEGUN = new CountDownLatch(1);

        @RequestScoped
        static class Held {

            int touch() {
                return 1;
            }

            @PreDestroy
            void end() {
                ENDED.complete(START.isDone() ? "after the start" : "too early");
            }
        }

        @Inject
        Held held;

        @OnStart
        Uni<Void> start() {
            held.touch();
            BEGUN.countDown();
            return Uni.createFrom().completionStage(START);
        }
    }

    @Subsystem(critical = false)
    static class Unhappy {

        static final AtomicInteger ENDED = new AtomicInteger();

        @RequestScoped
        static class Held {

            int touch() {
                return 1;
            }

            @PreDestroy
            void end() {
                ENDED.incrementAndGet();
            }
        }

        @Inject
        Held held;

        @OnStart
        void start() {
            held.touch();
            throw new IllegalStateException("no");
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Trace trace;

    @Test
    void eachShortCallHasItsOwn() throws Exception {
        Awaitility.await().until(() -> trace.entries().contains("run without"));
        Awaitility.await().until(() -> Steps.probes != 0);
        System.setProperty("quarkus.proc-daemon.subsystem.steps.stop-timeout", "7s");
        try {
            daemon.reload().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } finally {
            System.clearProperty("quarkus.proc-daemon.subsystem.steps.stop-timeout");
        }
        daemon.stop("steps").toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(trace.entries()).extracting(entry -> entry.split(" ")[0]).containsExactly("start", "run", "reload", "stop");
        assertThat(trace.entries()).extracting(entry -> entry.split(" ")[1]).doesNotHaveDuplicates();
        assertThat(daemon.subsystem("steps").orElseThrow().state()).isEqualTo(SubsystemState.STOPPED);
    }

    @Test
    void eachCallOfAPollerHasItsOwn() throws Exception {
        Awaitility.await().until(() -> Poller.CALLS.get() > 3);
        daemon.stop("poller").toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(Poller.SAME).hasValue(0);
        assertThat(Counter.MADE).hasPositiveValue();
    }

    @AfterEach
    void noneIsLeft() {
        Awaitility.await().untilAsserted(() -> {
            int ended = Counter.ENDED.get();
            assertThat(Counter.MADE).hasValue(ended);
        });
    }

    @Test
    void itEndsWithTheStageThatTheCodeReturned() throws Exception {
        assertThat(Later.BEGUN.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Later.ENDED).isNotDone();
        Later.START.complete(null);
        assertThat(Later.ENDED.get(10, TimeUnit.SECONDS)).isEqualTo("after the start");
        Awaitility.await().until(() -> daemon.subsystem("later").orElseThrow().state() == SubsystemState.RUNNING);
    }

    @Test
    void itEndsWhenTheCodeThrows() {
        Awaitility.await().until(() -> daemon.subsystem("unhappy").orElseThrow().state() == SubsystemState.FAILED);
        assertThat(Unhappy.ENDED).hasPositiveValue();
    }

    @Test
    void theBuilderHasThemToo() throws Exception {
        Counter counter = Arc.container().instance(Counter.class).get();
        CompletableFuture<Integer> started = new CompletableFuture<>();
        CompletableFuture<Integer> called = new CompletableFuture<>();
        CompletableFuture<Boolean> ran = new CompletableFuture<>();
        daemon.newSubsystem("built").onStart(() -> started.complete(counter.number()))
                .every("1h").run(() -> called.complete(counter.number())).register().toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(called.get(10, TimeUnit.SECONDS)).isNotEqualTo(started.get(10, TimeUnit.SECONDS));
        daemon.newSubsystem("long").run(() -> ran.complete(Arc.container().requestContext().isActive())).register()
                .toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(ran.get(10, TimeUnit.SECONDS)).isFalse();
    }
}
