package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.test.QuarkusProdModeTest;

/** Once the shutdown has begun nothing fires, not even in a subsystem whose turn to stop has not come. */
class ShutdownTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Ingest.class))
            .setApplicationName("pausing").setRun(true).setExpectExit(true);

    @Subsystem
    static class Journal {

        @Inject
        Daemon daemon;

        final CountDownLatch fired = new CountDownLatch(1);
        final CountDownLatch skipped = new CountDownLatch(2);

        @Scheduled(every = "1s")
        void compact() {
            if (daemon.state() != DaemonState.RUNNING) {
                System.out.println("trace: fired while " + daemon.state());
            }
            fired.countDown();
        }

        void observe(@Observes SkippedExecution event) {
            if (daemon.state() == DaemonState.STOPPING) {
                skipped.countDown();
            }
        }
    }

    @Subsystem(dependsOn = Journal.class)
    static class Ingest {

        @Inject
        Daemon daemon;

        @Inject
        Journal journal;

        @Run
        void run(ShutdownHandle shutdown) throws InterruptedException {
            journal.fired.await();
            daemon.shutdown();
            shutdown.await();
        }

        @OnStop
        void unbind() throws InterruptedException {
            System.out.println("trace: journal is " + daemon.subsystem("journal").orElseThrow().state() + ", skipped "
                    + journal.skipped.await(4, TimeUnit.SECONDS));
        }
    }

    @Test
    void nothingFires() {
        assertThat(APPLICATION.getStartupConsoleOutput().lines().filter(line -> line.startsWith("trace: ")))
                .containsExactly("trace: journal is RUNNING, skipped true");
        assertThat(APPLICATION.getExitCode()).isZero();
    }
}
