package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;

/** With reloads disabled the configuration stays, and a request for one fails. */
@Tag("any-jdk")
class ReloadDisabledTest {

    private static final ConfigFile FILE = ConfigFile.of("ReloadDisabledTest", "lines.max=1");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(ConfigFile.class, Lines.class, Some.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.enabled", "false");

    @ConfigMapping(prefix = "lines")
    interface Lines {

        int max();
    }

    @Subsystem
    static class Some {
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<Lines> lines;

    @Test
    void nothingIsReloaded() {
        FILE.write("lines.max=2");
        assertThatThrownBy(() -> daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(DaemonStateException.class).rootCause()
                .hasMessageContaining("the configuration is not reloaded, because quarkus.proc-daemon.reload.enabled is false");
        assertThat(lines.get().max()).isEqualTo(1);
        assertThat(lines.epoch()).isEqualTo(1);
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain("proc-daemon-watch");
    }
}
