package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.reload.Origin;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.common.utils.StringUtil;

/**
 * Keys that only the build reads, and that have another value at run time. Quarkus warns about such keys of its own, and of the
 * phase in which a run can read them too, but not about these.
 */
final class BuildTimeKeys {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    private static final String DIRECTIVES = "quarkus.proc-daemon.systemd.unit.directives.";
    private static final int SHOWN = 100;

    private BuildTimeKeys() {
    }

    /**
     * Logs what has no effect.
     *
     * @param built the values of all such keys in the build; an empty one is of a key without a value
     * @param isMeant which keys are to be looked at
     */
    static void warn(SmallRyeConfig config, Map<String, String> built, Predicate<String> isMeant) {
        for (ConfigProblem problem : withoutEffect(config, built)) {
            if (isMeant.test(problem.key().orElseThrow())) {
                LOG.warn(Origin.locate(config, problem));
            }
        }
    }

    static List<ConfigProblem> withoutEffect(SmallRyeConfig config, Map<String, String> built) {
        TreeSet<String> keys = new TreeSet<>(built.keySet());
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(DIRECTIVES)) {
                keys.add(name);
            }
        }
        List<ConfigProblem> problems = new ArrayList<>();
        for (String key : keys) {
            ConfigValue value = config.getConfigValue(key);
            String before = builtWith(key, built);
            if (value.getValue() != null && differ(value.getValue(), before, config)) {
                problems.add(new ConfigProblem(Optional.of(key), Optional.empty(), OptionalInt.empty(),
                        withoutEffect(key, value, before) + "; build it with the value that you want, or remove the key"));
            }
        }
        return problems;
    }

    /** A directive may have a secret, as in {@code Environment}, so its values are not shown. */
    private static String withoutEffect(String key, ConfigValue value, @Nullable String before) {
        boolean isShown = !key.startsWith(DIRECTIVES);
        String built = before == null ? "without it"
                : "with " + (isShown ? PlainText.cut(PlainText.escape(before), SHOWN) : "another value");
        return key + (isShown ? " (" + shown(value) + ")" : "") + " has no effect, because the application was built " + built;
    }

    /** Null if it had no value. Names of directives may be in quotes. */
    private static @Nullable String builtWith(String key, Map<String, String> built) {
        String value = built.getOrDefault(key, "");
        if (value.isEmpty() && key.startsWith(DIRECTIVES)) {
            String directive = key.substring(DIRECTIVES.length()).replace("\"", "");
            value = built.getOrDefault(DIRECTIVES + '"' + directive + '"', "");
        }
        return value.isEmpty() ? null : value;
    }

    private static boolean differ(String value, @Nullable String before, SmallRyeConfig config) {
        if (value.isBlank() || before == null) {
            return !value.isBlank() || before != null;
        } else if (before.equals("true") || before.equals("false")) {
            return !before.equals(String.valueOf(config.convert(value.trim(), Boolean.class)));
        }
        return !before.equals(value) && !StringUtil.skewer(before).equals(StringUtil.skewer(value.trim()));
    }

    /** The result of an expression may be a secret. */
    private static String shown(ConfigValue value) {
        String raw = value.getRawValue();
        return PlainText.cut(PlainText.escape(raw == null ? value.getValue() : raw), SHOWN);
    }
}
