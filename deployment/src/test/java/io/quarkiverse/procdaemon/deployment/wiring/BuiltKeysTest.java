package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** No key of the build is forgotten. */
class BuiltKeysTest {

    private static final String DIRECTIVE = "quarkus.proc-daemon.systemd.unit.directives.\"Nice\"";

    @Test
    void allAreThere() {
        Map<String, String> built = BuiltKeys.of(new SmallRyeConfigBuilder().withMapping(DaemonBuildTimeConfig.class)
                .withSources(new PropertiesConfigSource(Map.of(DIRECTIVE, "5"), "test", 100)).build()
                .getConfigMapping(DaemonBuildTimeConfig.class));
        TreeSet<String> declared = new TreeSet<>();
        ConfigMappings.getProperties(ConfigMappings.ConfigClass.configClass(DaemonBuildTimeConfig.class,
                "quarkus.proc-daemon")).keySet()
                .forEach(key -> declared.add(key.replace("directives.*", "directives.\"Nice\"")));
        assertThat(built.keySet()).isEqualTo(declared);
        assertThat(built).containsEntry(DIRECTIVE, "5").containsEntry("quarkus.proc-daemon.systemd.unit.type", "notify")
                .containsEntry("quarkus.proc-daemon.control.enabled", "false")
                .containsEntry("quarkus.proc-daemon.systemd.unit.user", "");
    }
}
