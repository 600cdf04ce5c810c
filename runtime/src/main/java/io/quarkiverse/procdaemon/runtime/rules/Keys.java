package io.quarkiverse.procdaemon.runtime.rules;

import static io.quarkiverse.procdaemon.runtime.rules.Setting.optional;
import static io.quarkiverse.procdaemon.runtime.rules.Setting.required;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.config.MetricsConfig;
import io.quarkiverse.procdaemon.runtime.config.ResourcesConfig;
import io.quarkiverse.procdaemon.runtime.config.SignalAction;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.Dependents;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.HealthConfig.OnUnhealthy;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.RestartConfig.OnExhausted;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig.RestartConfig.OutagesAtStart;
import io.quarkiverse.procdaemon.runtime.config.SystemdBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.config.SystemdConfig;

/** The table of all keys. A key that is added to the interfaces in {@code config} must be added here as well. */
final class Keys {

    static final String PREFIX = "quarkus.proc-daemon.";
    static final String SUBSYSTEM = "subsystem";
    static final String SIGNALS = "signals";
    static final String CHANNEL = "channel";
    static final String DIRECTIVES = "systemd.unit.directives";

    private static final Duration TEN_THOUSAND_DAYS = Duration.ofDays(10_000);
    /** A duration of something. */
    private static final Rule TIME = new DurationRule(false, TEN_THOUSAND_DAYS);
    /** A delay before something. */
    private static final Rule DELAY = new DurationRule(true, TEN_THOUSAND_DAYS);
    /** How soon a change of a file is noticed. */
    private static final Rule NOTICE = new DurationRule(false, Duration.ofDays(1));
    private static final Rule TEXT = TextRule.ANY;
    private static final Rule FILE = TextRule.PATH;

    static final Map<String, Setting> DAEMON = table(
            optional("name", TEXT),
            optional("instance-lock", FILE),
            optional("pid-file", FILE),
            required("shutdown.graceful-timeout", TIME),
            required("shutdown.force-timeout", TIME),
            required("shutdown.kill-timeout", TIME),
            required("shutdown.before-http", ChoiceRule.BOOLEAN),
            optional("shutdown.signal-exit-code",
                    new NumberRule(true, 0, 255, "is not a valid exit code; use 0 to 255")),
            optional("shutdown.report-file", FILE),
            optional("start.retry", ChoiceRule.BOOLEAN),
            required("reload.enabled", ChoiceRule.BOOLEAN),
            optional("reload.files", new ListRule(FILE)),
            required("reload.debounce", NOTICE),
            required("reload.poll-interval", NOTICE),
            required("reload.timeout", TIME),
            required("reload.secret-names", new ListRule(TEXT)),
            required("resources.interval", TIME),
            required("resources.history", new NumberRule(true, 0, 100_000, null)),
            optional("resources.heap-soft-limit", MemoryRule.BYTES_OR_PERCENT),
            optional("resources.memory-soft-limit", MemoryRule.BYTES_OR_PERCENT),
            required("resources.on-limit", ChoiceRule.of(ResourcesConfig.OnLimit.class)),
            required("systemd.enabled", ChoiceRule.of(SystemdConfig.Use.class)),
            required("systemd.unit.enabled", ChoiceRule.BOOLEAN),
            required("systemd.unit.type", ChoiceRule.of(SystemdBuildTimeConfig.UnitType.class)),
            optional("systemd.unit.user", TEXT),
            required("health.enabled", ChoiceRule.BOOLEAN),
            required("metrics.enabled", ChoiceRule.BOOLEAN),
            required("metrics.per-subsystem", ChoiceRule.of(MetricsConfig.PerSubsystem.class)),
            required("metrics.state", ChoiceRule.of(MetricsConfig.StateGauge.class)),
            optional("dump.directory", FILE),
            required("jfr.enabled", ChoiceRule.BOOLEAN),
            required("status.enabled", ChoiceRule.BOOLEAN),
            required("control.enabled", ChoiceRule.BOOLEAN),
            optional("control.socket", FILE),
            optional("control.allowed-users", new ListRule(TEXT)));

    /** Those that can be set for all subsystems or for one. */
    static final Map<String, Setting> OF_SUBSYSTEM = table(
            optional("enabled", ChoiceRule.BOOLEAN),
            optional("critical", ChoiceRule.BOOLEAN),
            optional("start-timeout", TIME),
            optional("stop-timeout", TIME),
            optional("thread", ChoiceRule.of(ThreadKind.class)),
            optional("dependents", ChoiceRule.of(Dependents.class)),
            optional("heartbeat-timeout", TIME),
            optional("health.interval", TIME),
            optional("health.timeout", TIME),
            optional("health.failures", NumberRule.atLeast(1)),
            optional("health.action", ChoiceRule.of(OnUnhealthy.class)),
            optional("health.group", TextRule.NAME),
            optional("restart.policy", ChoiceRule.of(RestartPolicy.class)),
            optional("restart.initial-delay", DELAY),
            optional("restart.max-delay", DELAY),
            optional("restart.multiplier", new NumberRule(false, 1, 1_000_000, null)),
            optional("restart.jitter", new NumberRule(false, 0, 1, "must be from 0 to 1; correct it or remove the key")),
            optional("restart.max-restarts", NumberRule.atLeast(-1)),
            optional("restart.window", TIME),
            optional("restart.stable-after", DELAY),
            optional("restart.on-exhausted", ChoiceRule.of(OnExhausted.class)),
            optional("restart.outages", new ListRule(TEXT)),
            optional("restart.outages-at-start", ChoiceRule.of(OutagesAtStart.class)));

    /** Those of a channel. */
    static final Map<String, Setting> OF_CHANNEL = table(optional("needs", new ListRule(TEXT)));

    /** The action of a signal. */
    static final Setting SIGNAL = required(SIGNALS, ChoiceRule.of(SignalAction.class));

    /** A directive of the generated unit. */
    static final Setting DIRECTIVE = required(DIRECTIVES, TEXT);

    /** All keys that contain no name of a subsystem or signal, in full. */
    static final List<String> FIXED = fixed();

    private Keys() {
    }

    private static Map<String, Setting> table(Setting... settings) {
        Map<String, Setting> table = new LinkedHashMap<>();
        for (Setting setting : settings) {
            table.put(setting.path(), setting);
        }
        return table;
    }

    private static List<String> fixed() {
        List<String> fixed = new ArrayList<>();
        for (String path : DAEMON.keySet()) {
            fixed.add(PREFIX + path);
        }
        for (String path : OF_SUBSYSTEM.keySet()) {
            fixed.add(PREFIX + SUBSYSTEM + "." + path);
        }
        return fixed;
    }
}
