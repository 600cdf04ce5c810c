package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;

/** A file in TOML is a source like any other, if Jackson's module for it is present. */
@Tag("any-jdk")
class TomlReloadTest {

    private static final ConfigFile FILE = ConfigFile.named("daemon.toml", "TomlReloadTest", "[lines]", "max = 1",
            "names = [\"a\", \"b\"]", "[lines.limits]", "\"x.y\" = 2", "z = 3", "[[lines.servers]]", "host = \"one\"",
            "[[lines.servers]]", "host = \"two\"");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().setForcedDependencies(Extensions.toml())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, ConfigFile.class, Lines.class, Some.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h");

    @ConfigMapping(prefix = "lines")
    interface Lines {

        int max();

        List<String> names();

        Map<String, Integer> limits();

        List<Server> servers();

        interface Server {

            String host();
        }
    }

    @Subsystem
    static class Some {
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<Lines> lines;

    @Test
    void itIsReadAndReloaded() throws Exception {
        assertThat(lines.get().max()).isEqualTo(1);
        assertThat(lines.get().names()).containsExactly("a", "b");
        assertThat(lines.get().limits()).isEqualTo(Map.of("x.y", 2, "z", 3));
        assertThat(lines.get().servers()).extracting(Lines.Server::host).containsExactly("one", "two");

        FILE.write("lines.max = 2", "lines.names = [\"c\"]", "lines.servers = []");
        assertThat(reload().changed()).containsExactlyInAnyOrder("lines.max", "lines.names[0]", "lines.names[1]",
                "lines.limits.\"x.y\"", "lines.limits.z", "lines.servers[0].host", "lines.servers[1].host");
        assertThat(lines.get().max()).isEqualTo(2);

        FILE.write("lines.max = 3", "lines.names = s3cr3t");
        ReloadResult rejected = reload();
        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertThat(rejected.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.source()).contains(FILE.name());
            assertThat(problem.line()).hasValue(2);
            assertThat(problem.reason()).startsWith("it cannot be read: ").doesNotContain("s3cr3t");
        });
        FILE.write("\uFEFFlines.max = 3");
        assertThat(reload().problems()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":1: the file begins"
                + " with a byte order mark (BOM), which would become part of its first key; save it as UTF-8 without BOM");
        assertThat(lines.get().max()).isEqualTo(2);
    }

    private ReloadResult reload() throws Exception {
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
