package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkus.test.QuarkusUnitTest;

/** Samples and soft limits of what the process uses follow the configuration at once. */
class SoftLimitsTest {

    private static final String P = "quarkus.proc-daemon.resources.";
    private static final ConfigFile FILE = ConfigFile.of("SoftLimitsTest", P + "interval=1h");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, Some.class, Ears.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.poll-interval", "1d");

    @Subsystem
    static class Some {
    }

    @Singleton
    static class Ears {

        static final BlockingQueue<ResourceLimitExceeded> EXCEEDED = new LinkedBlockingQueue<>();
        static final BlockingQueue<ResourceLimitCleared> CLEARED = new LinkedBlockingQueue<>();

        void exceeded(@Observes ResourceLimitExceeded event) {
            EXCEEDED.add(event);
        }

        void cleared(@Observes ResourceLimitCleared event) {
            CLEARED.add(event);
        }
    }

    @Inject
    Daemon daemon;

    private ReloadResult write(String... lines) throws Exception {
        FILE.write(lines);
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void theyFollow() throws Exception {
        assertThat(daemon.resourceHistory()).isEmpty();

        ReloadResult first = write(P + "interval=5ms", P + "history=4", P + "heap-soft-limit=1", P + "memory-soft-limit=1K");

        assertThat(first.status()).as("%s", first.problems()).isEqualTo(ReloadResult.Status.APPLIED);
        assertThat(first.requiresRestart()).isEmpty();
        await().until(() -> daemon.resourceHistory().size() == 4);
        List<ResourceUsage> history = daemon.resourceHistory();
        assertThat(history).extracting(ResourceUsage::at).isSorted().doesNotHaveDuplicates();
        assertThat(history).allSatisfy(usage -> assertThat(usage.heapUsed()).isPositive());
        System.gc();
        List<ResourceLimitExceeded> exceeded = List.of(Ears.EXCEEDED.poll(20, TimeUnit.SECONDS),
                Ears.EXCEEDED.poll(20, TimeUnit.SECONDS));
        assertThat(exceeded).extracting(ResourceLimitExceeded::resource).containsExactlyInAnyOrder("heap", "memory");
        assertThat(exceeded).extracting(ResourceLimitExceeded::limit).containsExactlyInAnyOrder(1L, 1024L);
        assertThat(exceeded).allSatisfy(event -> assertThat(event.used()).isGreaterThan(event.limit()));

        ReloadResult second = write(P + "interval=5ms", P + "history=0");

        assertThat(second.requiresRestart()).isEmpty();
        assertThat(List.of(Ears.CLEARED.poll(20, TimeUnit.SECONDS), Ears.CLEARED.poll(20, TimeUnit.SECONDS)))
                .extracting(ResourceLimitCleared::resource).containsExactlyInAnyOrder("heap", "memory");
        await().atMost(Duration.ofSeconds(20)).until(() -> daemon.resourceHistory().isEmpty());
        assertThat(Ears.EXCEEDED).isEmpty();
    }

    @Test
    void wrongOnesAreRejected() throws Exception {
        ReloadResult result = write(P + "interval=0s", P + "history=-1", P + "heap-soft-limit=120%",
                P + "memory-soft-limit=much", P + "on-limit=explode");
        assertThat(result.status()).isEqualTo(ReloadResult.Status.REJECTED);
        assertThat(result.problems()).extracting(Object::toString).containsExactlyInAnyOrder(
                FILE.name() + ":1: " + P + "interval (0s) must be greater than zero; raise it or remove the key",
                FILE.name() + ":2: " + P + "history (-1) must be at least 0; raise it or remove the key",
                FILE.name() + ":3: " + P + "heap-soft-limit (120%) is no amount of memory; use bytes as in 512M, or a"
                        + " percentage as in 85%, or remove the key",
                FILE.name() + ":4: " + P + "memory-soft-limit (much) is no amount of memory; use bytes as in 512M, or a"
                        + " percentage as in 85%, or remove the key",
                FILE.name() + ":5: " + P + "on-limit (explode) is not one of its values; use warn or shutdown");
    }
}
