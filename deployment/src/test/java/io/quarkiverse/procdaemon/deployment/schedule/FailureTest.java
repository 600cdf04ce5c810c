package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** A scheduled method that throws is a failure of its subsystem's run, and what it throws arrives as it was thrown. */
class FailureTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Throwing.class, FailingUni.class,
                    FailingStage.class, Recovering.class))
            .setLogRecordPredicate(record -> record.getThrown() != null)
            .assertLogRecords(FailureTest::eachFailureIsLoggedOnce);

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Throwing {
        @Scheduled(every = "1s", identity = "throwing")
        void tick() throws IOException {
            throw new IOException("no disk");
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class FailingUni {
        @Scheduled(every = "1s")
        Uni<Void> tick() {
            return Uni.createFrom().failure(new IOException("no network"));
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class FailingStage {
        @Scheduled(every = "1s")
        CompletionStage<Void> tick() {
            return CompletableFuture.runAsync(() -> {
                throw new IllegalStateException("no luck");
            });
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.ON_FAILURE)
    static class Recovering {

        final AtomicInteger fired = new AtomicInteger();

        @Scheduled(every = "1s", identity = "recovering")
        void tick() {
            if (fired.incrementAndGet() == 1) {
                throw new IllegalStateException("once");
            }
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Executions watch;

    @Test
    void isAFailureOfTheSubsystem() {
        assertThat(failureOf("throwing")).isEqualTo(IOException.class.getName() + ": no disk");
        assertThat(failureOf("failing-uni")).isEqualTo(IOException.class.getName() + ": no network");
        assertThat(failureOf("failing-stage")).isEqualTo(IllegalStateException.class.getName() + ": no luck");
        watch.awaitSkips("throwing");
        assertThat(daemon.subsystem("throwing").orElseThrow().failures()).isEqualTo(1);
    }

    @Test
    void theRestartPolicyApplies() {
        await().atMost(20, TimeUnit.SECONDS).until(() -> info("recovering").generation() == 2);
        watch.awaitSuccess("recovering");
        assertThat(info("recovering")).matches(info -> info.state() == SubsystemState.RUNNING && info.failures() == 1
                && info.restarts() == 1, "restarted once");
    }

    private static void eachFailureIsLoggedOnce(List<LogRecord> records) {
        Map<String, List<String>> loggers = records.stream().collect(Collectors.groupingBy(
                record -> rootOf(record.getThrown()).getMessage(),
                Collectors.mapping(LogRecord::getLoggerName, Collectors.toList())));
        assertThat(loggers).isEqualTo(Stream.of("no disk", "no network", "no luck", "once")
                .collect(Collectors.toMap(message -> message, message -> List.of("io.quarkiverse.procdaemon"))));
    }

    private static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
    }

    private String failureOf(String name) {
        await().atMost(20, TimeUnit.SECONDS).until(() -> info(name).state() == SubsystemState.FAILED);
        Failure failure = info(name).lastFailure().orElseThrow();
        assertThat(failure.phase()).isEqualTo(SubsystemEvent.Phase.RUN);
        return failure.type() + ": " + failure.message();
    }

    private SubsystemInfo info(String name) {
        return daemon.subsystem(name).orElseThrow();
    }
}
