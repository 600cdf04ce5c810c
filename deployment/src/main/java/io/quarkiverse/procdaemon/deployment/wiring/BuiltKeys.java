package io.quarkiverse.procdaemon.deployment.wiring;

import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.config.SystemdBuildTimeConfig.UnitConfig;
import io.smallrye.config.common.utils.StringUtil;

/** The values of all keys that only the build reads, so that the start can warn about others. */
final class BuiltKeys {

    private static final String ROOT = "quarkus.proc-daemon.";

    private BuiltKeys() {
    }

    /** By their keys; those without a value are empty. */
    static Map<String, String> of(DaemonBuildTimeConfig config) {
        Map<String, String> values = new TreeMap<>();
        values.put(ROOT + "health.enabled", String.valueOf(config.health().enabled()));
        values.put(ROOT + "metrics.enabled", String.valueOf(config.metrics().enabled()));
        values.put(ROOT + "jfr.enabled", String.valueOf(config.jfr().enabled()));
        values.put(ROOT + "status.enabled", String.valueOf(config.status().enabled()));
        values.put(ROOT + "control.enabled", String.valueOf(config.control().enabled()));
        UnitConfig unit = config.systemd().unit();
        values.put(ROOT + "systemd.unit.enabled", String.valueOf(unit.enabled()));
        values.put(ROOT + "systemd.unit.type", StringUtil.skewer(unit.type().name()));
        values.put(ROOT + "systemd.unit.user", unit.user().orElse(""));
        unit.directives().forEach((name, value) -> values.put(ROOT + "systemd.unit.directives.\"" + name + '"', value));
        return values;
    }
}
