package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

/** A file in YAML, if Quarkus reads it, is reloaded like any other. */
@Tag("any-jdk")
class YamlReloadTest {

    private static final ConfigFile FILE = ConfigFile.named("lines.yaml", "YamlReloadTest", "lines:", "  max: 1",
            "  names:", "    - a", "    - b");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().setForcedDependencies(Extensions.yaml())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, ConfigFile.class, Lines.class, Some.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h");

    @ConfigMapping(prefix = "lines")
    interface Lines {

        int max();

        List<String> names();
    }

    @Subsystem
    static class Some {
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<Lines> lines;

    @Test
    void itIsReloaded() throws Exception {
        assertThat(lines.get().names()).containsExactly("a", "b");

        FILE.write("lines:", "  max: 2", "  names: [c]");
        ReloadResult applied = reload();
        assertThat(applied.status()).as(applied.toString()).isEqualTo(Status.APPLIED);
        assertThat(lines.get().max()).isEqualTo(2);
        assertThat(lines.get().names()).containsExactly("c");

        FILE.write("lines:", "  names: [c]", "  max: two");
        ReloadResult wrong = reload();
        assertThat(wrong.status()).isEqualTo(Status.REJECTED);
        assertThat(wrong.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).hasValue("lines.max");
            assertThat(problem.source()).hasValue(FILE.name());
        });

        FILE.write("lines:", "  max: [s3cr3t");
        ReloadResult unreadable = reload();
        assertThat(unreadable.status()).isEqualTo(Status.REJECTED);
        assertThat(unreadable.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.source()).hasValue(FILE.name());
            assertThat(problem.line()).hasValue(2);
            assertThat(problem.reason())
                    .isEqualTo("it cannot be read: while parsing a flow sequence, expected ',' or ']', but got <stream end>");
        });
        assertThat(lines.get().max()).isEqualTo(2);
    }

    @Test
    void whatItsReaderPassesOverIsRejected() throws Exception {
        FILE.write("lines:", "  max: 3", "other: 1", "lines:", "  names: [c]");
        assertThat(reload().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).hasValue("lines");
            assertThat(problem.toString()).isEqualTo(FILE.name()
                    + ":4: lines stands here and in line 1, and only the last would count; merge the two");
        });

        FILE.write("lines:", "\tmax: 3");
        assertThat(reload().problems()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":2: it cannot be"
                + " read: while scanning for the next token, found character '\\t(TAB)' that cannot start any token. (Do not"
                + " use \\t(TAB) for indentation)");

        FILE.write("\uFEFFlines:", "  max: 3");
        assertThat(reload().problems()).singleElement().satisfies(
                problem -> assertThat(problem.reason()).startsWith("the file begins with a byte order mark (BOM)"));
    }

    private ReloadResult reload() throws Exception {
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
