package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkus.test.QuarkusUnitTest;

/** The interval of a body follows its key, also that of a subsystem registered through the API; a wrong one is rejected. */
class IntervalTest {

    private static final String HERE = IntervalTest.class.getName() + "$";
    private static final ConfigFile FILE = ConfigFile.of("IntervalTest", "poll.interval=off");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, Poller.class, Sweeper.class, Idle.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.idle.enabled", "false")
            .setLogRecordPredicate(line -> true)
            .assertLogRecords(lines -> assertThat(lines)
                    .noneMatch(line -> String.valueOf(line.getMessage()).contains("s3cr3t")));

    @Subsystem
    static class Poller {

        static final AtomicInteger CALLS = new AtomicInteger();

        @Run(every = "{poll.interval}")
        void poll() {
            CALLS.incrementAndGet();
        }
    }

    @Subsystem
    static class Sweeper {

        static final AtomicInteger CALLS = new AtomicInteger();

        @Run(every = "{sweep.interval:off}")
        void sweep() {
            CALLS.incrementAndGet();
        }
    }

    /** Disabled, so that it needs no interval. */
    @Subsystem
    static class Idle {

        @Run(every = "{idle.interval}")
        void idle() {
        }
    }

    @Inject
    Daemon daemon;

    private ReloadResult reload(String... lines) throws Exception {
        FILE.write(lines);
        return daemon.reload().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static void awaitCalls(AtomicInteger calls) {
        int before = calls.get();
        Awaitility.await().until(() -> calls.get() > before + 2);
    }

    @Test
    void aChangedKeyTakesEffectAtOnce() throws Exception {
        reload("poll.interval=off", "tenant.interval=off");
        ReloadResult result = reload("poll.interval=1ms", "tenant.interval=off");
        assertThat(result.status()).isEqualTo(Status.APPLIED);
        assertThat(result.changed()).containsExactly("poll.interval");
        assertThat(result.requiresRestart()).isEmpty();
        awaitCalls(Poller.CALLS);
        assertThat(reload("poll.interval=1h", "tenant.interval=off").status()).isEqualTo(Status.APPLIED);
        assertThat(reload("poll.interval=1", "tenant.interval=off").status()).isEqualTo(Status.APPLIED);
        assertThat(reload("poll.interval=PT0.001S", "tenant.interval=off").status()).isEqualTo(Status.APPLIED);
        awaitCalls(Poller.CALLS);
        assertThat(reload("poll.interval=off", "tenant.interval=off").status()).isEqualTo(Status.APPLIED);
        assertThat(daemon.subsystem("poller").orElseThrow().generation()).isEqualTo(1);
    }

    @Test
    void aSystemPropertyCounts() throws Exception {
        assertThat(Sweeper.CALLS).hasValue(0);
        System.setProperty("sweep.interval", "1ms");
        try {
            assertThat(reload("poll.interval=off", "tenant.interval=off").changed()).contains("sweep.interval");
            awaitCalls(Sweeper.CALLS);
        } finally {
            System.clearProperty("sweep.interval");
            reload("poll.interval=off", "tenant.interval=off");
        }
    }

    @Test
    void aWrongIntervalIsRejected() throws Exception {
        reload("poll.interval=2h", "tenant.interval=off");
        ReloadResult malformed = reload("tenant.interval=off", "poll.interval=s3cr3t", "sweep.interval=0");
        assertThat(malformed.status()).isEqualTo(Status.REJECTED);
        assertThat(malformed.problems()).containsExactlyInAnyOrder(
                new ConfigProblem(Optional.of("poll.interval"), Optional.of(FILE.name()), OptionalInt.of(2),
                        "poll.interval is not a duration; write it as in 500ms, 30s, 5m or PT1H30M, or 'off' for no calls; it is "
                                + "the interval of " + HERE + "Poller.poll()"),
                new ConfigProblem(Optional.of("sweep.interval"), Optional.of(FILE.name()), OptionalInt.of(3),
                        "sweep.interval is not greater than zero; raise it, or write 'off' for no calls; it is the interval of "
                                + HERE + "Sweeper.sweep()"));
        ReloadResult missing = reload("tenant.interval=off");
        assertThat(missing.status()).isEqualTo(Status.REJECTED);
        assertThat(missing.problems()).containsExactly(new ConfigProblem(Optional.of("poll.interval"), Optional.empty(),
                OptionalInt.empty(), "poll.interval has no value; set it, or give it a default where it is used, as in "
                        + "{poll.interval:30s}; it is the interval of " + HERE + "Poller.poll()"));
    }

    @Test
    void theBuilderFollowsKeysToo() throws Exception {
        reload("poll.interval=off");
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> daemon.newSubsystem("tenant").every("{tenant.interval}").run(() -> calls.incrementAndGet())
                .register().toCompletableFuture().get(10, TimeUnit.SECONDS)).hasMessageContaining(
                        "the registration of 'tenant' has a problem:\n  - tenant.interval has no value; set it, or give it a default "
                                + "where it is used, as in {tenant.interval:30s}");
        assertThatThrownBy(() -> daemon.newSubsystem("tenant").every("soon").run(() -> calls.incrementAndGet()).register()
                .toCompletableFuture().get(10, TimeUnit.SECONDS))
                .hasMessageContaining("the interval \"soon\" is not a duration");

        reload("poll.interval=off", "tenant.interval=1h");
        daemon.newSubsystem("tenant").every("{tenant.interval}").run(() -> calls.incrementAndGet()).register()
                .toCompletableFuture().get(10, TimeUnit.SECONDS);
        reload("poll.interval=off", "tenant.interval=1ms");
        awaitCalls(calls);

        assertThat(reload("poll.interval=off").problems()).extracting(ConfigProblem::reason).isEqualTo(List.of(
                "tenant.interval has no value; set it, or give it a default where it is used, as in {tenant.interval:30s}; it is "
                        + "the interval of a subsystem registered through the API"));
        reload("poll.interval=off", "tenant.interval=off");
    }
}
