package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.test.QuarkusUnitTest;

/** The user's own predicates still decide, each over its own schedule. */
class PredicateTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Journal.class, Maintenance.class,
                    Plain.class));

    @Singleton
    static class Maintenance implements Scheduled.SkipPredicate {

        volatile boolean on;

        @Override
        public boolean test(ScheduledExecution execution) {
            return on;
        }
    }

    public static class Plain implements Scheduled.SkipPredicate {

        static volatile boolean on;

        @Override
        public boolean test(ScheduledExecution execution) {
            return on;
        }
    }

    @Subsystem
    static class Journal {

        final Map<String, Integer> fired = new ConcurrentHashMap<>();

        @Scheduled(every = "1s", identity = "bean", skipExecutionIf = Maintenance.class)
        @Scheduled(every = "1s", identity = "class", skipExecutionIf = Plain.class)
        @Scheduled(every = "1s", identity = "none")
        void compact(ScheduledExecution execution) {
            fired.merge(execution.getTrigger().getId(), 1, Integer::sum);
        }

        @Scheduled(every = "1s", identity = "built-in", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
        void flush() {
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Journal journal;

    @Inject
    Maintenance maintenance;

    @Inject
    Executions watch;

    @AfterEach
    void putBack() throws Exception {
        maintenance.on = false;
        Plain.on = false;
        daemon.start("journal").toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBeanDecidesOverItsOwnSchedule() {
        maintenance.on = true;
        assertSkipsOnly("bean", "class");
    }

    @Test
    void aClassDecidesOverItsOwnSchedule() {
        Plain.on = true;
        assertSkipsOnly("class", "bean");
    }

    @Test
    void everyScheduleIsGuarded() throws Exception {
        watch.awaitSuccess("built-in");
        daemon.stop("journal").toCompletableFuture().get(10, TimeUnit.SECONDS);
        Map<String, Integer> before = Map.copyOf(journal.fired);
        watch.awaitSkips("bean", "class", "none", "built-in");
        assertThat(journal.fired).isEqualTo(before);
    }

    private void assertSkipsOnly(String identity, String other) {
        watch.awaitSkips(identity);
        Integer before = journal.fired.get(identity);
        watch.awaitSkips(identity);
        watch.awaitSuccess(other);
        watch.awaitSuccess("none");
        assertThat(journal.fired.get(identity)).isEqualTo(before);
    }
}
