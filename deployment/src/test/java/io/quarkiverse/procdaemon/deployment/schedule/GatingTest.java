package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.test.QuarkusUnitTest;

/** Scheduled methods of subsystems fire while these are RUNNING and at no other time. */
class GatingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Journal.class, Bare.class));

    @Subsystem
    static class Journal {

        @Inject
        Daemon daemon;

        @Inject
        Executions watch;

        final AtomicInteger calls = new AtomicInteger();
        final Queue<SubsystemState> fired = new ConcurrentLinkedQueue<>();

        @OnStart
        void open() {
            watch.awaitSkips("journal");
        }

        @Scheduled(every = "1s", identity = "journal")
        void compact(ScheduledExecution execution) {
            calls.incrementAndGet();
            if (execution != null) {
                fired.add(daemon.subsystem("journal").orElseThrow().state());
            }
        }
    }

    @Subsystem
    static class Bare {
        @Scheduled(every = "1s", identity = "bare")
        void tick() {
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Journal journal;

    @Inject
    Executions watch;

    @Test
    void nothingFiresBeforeTheStartIsDone() {
        watch.awaitSuccess("journal");
        assertThat(journal.fired.peek()).isEqualTo(SubsystemState.RUNNING);
        assertThat(watch.lastSkip("journal")).isEqualTo(Journal.class.getName() + "_WhileRunning");
    }

    @Test
    void aSubsystemMayHaveNothingElse() {
        watch.awaitSuccess("bare");
    }

    @Test
    void nothingFiresWhileItIsStopped() throws Exception {
        daemon.stop("journal").toCompletableFuture().get(10, TimeUnit.SECONDS);
        int before = journal.fired.size();
        watch.awaitSkips("journal");
        assertThat(journal.fired).hasSize(before);

        int calls = journal.calls.get();
        journal.compact(null);
        assertThat(journal.calls).as("direct calls").hasValue(calls + 1);

        daemon.start("journal").toCompletableFuture().get(20, TimeUnit.SECONDS);
        await().atMost(10, TimeUnit.SECONDS).until(() -> journal.fired.size() > before);
    }
}
