package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;

/** What Bean Validation would refuse at the start it refuses at a reload, too: all of it at once. */
@Tag("any-jdk")
class BeanValidationReloadTest {

    private static final ConfigFile FILE = ConfigFile.of("BeanValidationReloadTest", "lines.max=1", "lines.bytes=1");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().setForcedDependencies(Extensions.beanValidation())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, ConfigFile.class, Lines.class, Some.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h");

    @ConfigMapping(prefix = "lines")
    interface Lines {

        @Max(100)
        int max();

        @Max(200)
        int bytes();
    }

    @Subsystem
    static class Some {
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<Lines> lines;

    @Test
    void whatViolatesAConstraintIsNotTakenUp() throws Exception {
        FILE.write("lines.max=101", "lines.bytes=201");
        ReloadResult rejected = reload();
        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertThat(rejected.problems()).extracting(Object::toString).containsExactlyInAnyOrder(
                FILE.name() + ":1: lines.max must be less than or equal to 100",
                FILE.name() + ":2: lines.bytes must be less than or equal to 200");
        assertThat(lines.get().max()).isEqualTo(1);

        FILE.write("lines.max=100", "lines.bytes=200");
        assertThat(reload().status()).isEqualTo(Status.APPLIED);
        assertThat(lines.get().max()).isEqualTo(100);
    }

    private ReloadResult reload() throws Exception {
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
