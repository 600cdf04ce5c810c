package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.SubsystemBuildItem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.builder.BuildContext;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;

/** Scheduled methods of a bean that another extension contributes fire while it is RUNNING and at no other time. */
class ContributedScheduleTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Poller.class))
            .addBuildChainCustomizer(chain -> chain.addBuildStep(ContributedScheduleTest::contribute)
                    .produces(SubsystemBuildItem.class).build());

    private static void contribute(BuildContext build) {
        build.produce(SubsystemBuildItem.ofBean("acme-poller", Poller.class.getName()));
    }

    static class Poller {

        @Inject
        Daemon daemon;

        @Inject
        Executions watch;

        final Queue<SubsystemState> fired = new ConcurrentLinkedQueue<>();

        @OnStart
        void open() {
            watch.awaitSkips("poller");
        }

        @Scheduled(every = "1s", identity = "poller")
        void poll() {
            fired.add(daemon.subsystem("acme-poller").orElseThrow().state());
        }
    }

    @Inject
    Poller poller;

    @Inject
    Executions watch;

    @Test
    void nothingFiresBeforeTheStartIsDone() {
        watch.awaitSuccess("poller");
        assertThat(poller.fired.peek()).isEqualTo(SubsystemState.RUNNING);
        assertThat(watch.lastSkip("poller")).isEqualTo(Poller.class.getName() + "_WhileRunning");
    }
}
