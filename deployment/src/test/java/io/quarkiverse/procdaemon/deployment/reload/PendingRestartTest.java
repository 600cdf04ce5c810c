package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkus.test.QuarkusUnitTest;

/** A restart is pending from the change of a key that only a start reads until that is reverted, whatever is reloaded. */
class PendingRestartTest {

    private static final ConfigFile FILE = ConfigFile.of("PendingRestartTest", "plain.port=1", "plain.host=a");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, Plain.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h");

    @Singleton
    static class Plain {

        @ConfigProperty(name = "plain.port")
        int port;
        @ConfigProperty(name = "plain.host")
        String host;
    }

    @Inject
    Daemon daemon;
    @Inject
    Plain plain;

    private ReloadResult reload(String... lines) throws Exception {
        FILE.write(lines);
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static ReloadResult result(Status status, long epoch, Set<String> changed, Set<String> requires,
            Set<String> pending) {
        return new ReloadResult(status, epoch, changed, requires, List.of(), List.of(), pending);
    }

    @Test
    void untilItIsReverted() throws Exception {
        assertThat(reload("plain.port=2", "plain.host=a")).isEqualTo(
                result(Status.APPLIED, 2, Set.of("plain.port"), Set.of("plain.port"), Set.of("plain.port")));
        assertThat(reload("plain.port=2", "plain.host=a"))
                .isEqualTo(result(Status.UNCHANGED, 2, Set.of(), Set.of(), Set.of("plain.port")));
        assertThat(reload("plain.port=2", "plain.host=b")).isEqualTo(result(Status.APPLIED, 3, Set.of("plain.host"),
                Set.of("plain.host"), Set.of("plain.port", "plain.host")));

        ReloadResult rejected = reload("plain.port=2", "plain.host=b", "quarkus.proc-daemon.start.retry=perhaps");
        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertThat(rejected.pendingRestart()).containsExactlyInAnyOrder("plain.port", "plain.host");

        assertThat(reload("plain.port=1", "plain.host=b")).as("the value with which the process started").isEqualTo(
                result(Status.APPLIED, 4, Set.of("plain.port"), Set.of(), Set.of("plain.host")));
        assertThat(reload("plain.port=1", "plain.host=a"))
                .isEqualTo(result(Status.APPLIED, 5, Set.of("plain.host"), Set.of(), Set.of()));
        assertThat(reload("plain.port=1", "plain.host=a"))
                .isEqualTo(result(Status.UNCHANGED, 5, Set.of(), Set.of(), Set.of()));
        assertThat(plain.port).isEqualTo(1);
        assertThat(plain.host).isEqualTo("a");
    }
}
