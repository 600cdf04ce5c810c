package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What only the build reads is compared with what a run finds. */
class BuildTimeKeysTest {

    private static final String ROOT = "quarkus.proc-daemon.";
    private static final String END = "; build it with the value that you want, or remove the key";
    private static final Map<String, String> BUILT = Map.of(ROOT + "control.enabled", "true", ROOT + "jfr.enabled", "false",
            ROOT + "systemd.unit.type", "notify-reload", ROOT + "systemd.unit.user", "",
            ROOT + "systemd.unit.directives.\"Nice\"", "5");

    private static List<String> said(Map<String, String> atRunTime) {
        return BuildTimeKeys.withoutEffect(new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(atRunTime, "test", 100)).build(), BUILT).stream()
                .map(ConfigProblem::reason).toList();
    }

    @Test
    void anotherValueHasNoEffect() {
        assertThat(said(Map.of(ROOT + "control.enabled", "false"))).containsExactly(ROOT
                + "control.enabled (false) has no effect, because the application was built with true" + END);
        assertThat(said(Map.of(ROOT + "jfr.enabled", "yes"))).containsExactly(ROOT
                + "jfr.enabled (yes) has no effect, because the application was built with false" + END);
        assertThat(said(Map.of(ROOT + "systemd.unit.type", "notify"))).containsExactly(ROOT
                + "systemd.unit.type (notify) has no effect, because the application was built with notify-reload" + END);
        assertThat(said(Map.of(ROOT + "systemd.unit.user", "jane"))).containsExactly(ROOT
                + "systemd.unit.user (jane) has no effect, because the application was built without it" + END);
        assertThat(said(Map.of(ROOT + "systemd.unit.directives.Nice", "6", ROOT + "systemd.unit.directives.\"Unit.After\"",
                "x"))).containsExactly(
                        ROOT + "systemd.unit.directives.\"Unit.After\" has no effect, because the application was built"
                                + " without it" + END,
                        ROOT + "systemd.unit.directives.Nice has no effect, because the application was built with"
                                + " another value"
                                + END);
    }

    @Test
    void theSameValueIsNothingToSay() {
        assertThat(said(Map.of())).isEmpty();
        assertThat(said(Map.of(ROOT + "control.enabled", "on", ROOT + "jfr.enabled", "no", ROOT + "systemd.unit.type",
                "NOTIFY_RELOAD", ROOT + "systemd.unit.user", "", ROOT + "systemd.unit.directives.Nice", "5"))).isEmpty();
    }

    @Test
    void theResultOfAnExpressionIsNotShown() {
        assertThat(said(Map.of(ROOT + "systemd.unit.user", "${vault.user}", "vault.user", "s3cr3t"))).containsExactly(ROOT
                + "systemd.unit.user (${vault.user}) has no effect, because the application was built without it" + END);
    }
}
