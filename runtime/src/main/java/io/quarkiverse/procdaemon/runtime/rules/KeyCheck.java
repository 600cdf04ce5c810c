package io.quarkiverse.procdaemon.runtime.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;

/**
 * Checks each key of this extension that is set, by itself: whether it exists, whether the subsystem or signal named in it
 * exists, and its value.
 */
public final class KeyCheck {

    private static final int SHOWN = 100;
    /** Sources that read environment variables: their names may belong to other software. */
    private static final String ENVIRONMENT = "EnvConfigSource";

    /** A rule for the entry of a signal. */
    @FunctionalInterface
    public interface SignalRule {

        /** What is wrong with it and what to do: a clause; null if it is right, or if only the action is unknown. */
        @Nullable
        String objection(String name, String action);
    }

    private final SmallRyeConfig config;
    private final Collection<String> subsystems;
    private final Predicate<String> isSubsystem;
    private final SignalRule signals;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Set<String> wrong = new HashSet<>();
    /** The keys that are set, by their names as in messages. */
    private final Map<String, ConfigValue> written = new HashMap<>();

    /**
     * Checks all keys.
     *
     * @param subsystems the names of all subsystems
     * @param isSubsystem whether a name in a key refers to one of them
     * @param signals which signals may have which actions
     */
    public KeyCheck(SmallRyeConfig config, Collection<String> subsystems, Predicate<String> isSubsystem,
            SignalRule signals) {
        this.config = config;
        this.subsystems = new TreeSet<>(subsystems);
        this.isSubsystem = isSubsystem;
        this.signals = signals;
        // An environment variable may set a key whose name is not listed.
        Set<String> names = new TreeSet<>(Keys.FIXED);
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(Keys.PREFIX) && name.length() > Keys.PREFIX.length()) {
                names.add(name);
            }
        }
        for (String name : names) {
            check(name);
        }
    }

    /** All problems, each a sentence that begins with the key; sources are named as in SmallRye. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** Whether a key is valid; a name in it is in quotes. */
    public boolean isRight(String key) {
        return !wrong.contains(key);
    }

    /** A problem with a key; a name in it is in quotes. */
    public ConfigProblem problem(String key, String sentence) {
        Optional<ConfigValue> value = Optional.ofNullable(written.get(key));
        OptionalInt line = value.map(ConfigValue::getLineNumber).filter(number -> number > 0).map(OptionalInt::of)
                .orElse(OptionalInt.empty());
        return new ConfigProblem(Optional.of(key), value.map(ConfigValue::getConfigSourceName), line, sentence);
    }

    private void check(String name) {
        ConfigValue value = ReadableValues.asWritten(config, name);
        if (value.getValue() == null && !value.hasProblems()) {
            return;
        }
        Optional<KnownKey> key = KnownKey.of(name);
        if (key.isPresent()) {
            check(key.get(), value);
        } else if (!isOfEnvironment(value) && !(isBlank(value) && KnownKey.isSection(name, isSubsystem))) {
            // A YAML section in which everything is commented out is a key without a value.
            written.put(name, value);
            add(name, name + ": there is no such key; " + NearestKey.advice(name, subsystems));
        }
    }

    private void check(KnownKey key, ConfigValue value) {
        written.put(key.name(), value);
        if (key.subsystem().isPresent() && !isSubsystem.test(key.subsystem().get())) {
            if (wrong.add(key.section())) {
                written.put(key.section(), value);
                add(key.section(),
                        key.section() + ": there is no subsystem of that name; " + knownSubsystems(key.subsystem().get())
                                + "; correct the name or remove the key");
            }
            return;
        }
        // A variable can only name it in small letters.
        String wrongSignal = key.signal().map(name -> isOfEnvironment(value) ? name.toUpperCase(Locale.ROOT) : name)
                .map(name -> signals.objection(name, String.valueOf(value.getValue()))).orElse(null);
        if (wrongSignal != null) {
            add(key.name(), key.name() + ": " + wrongSignal);
        } else {
            String objection = ReadableValues.objection(key.setting(), value);
            if (objection != null && wrong.add(key.name())) {
                add(key.name(), key.name() + (isBlank(value) ? " " : " (" + shown(key, value) + ") ") + objection);
            }
        }
    }

    private String knownSubsystems(String name) {
        if (subsystems.isEmpty()) {
            return "there are no subsystems";
        }
        return NearestKey.nearest(name, name.length(), subsystems).map(near -> "did you mean \"" + near + "\"? Known").orElse(
                "known") + " subsystems: " + String.join(", ", subsystems);
    }

    private static String shown(KnownKey key, ConfigValue value) {
        // The result of an expression may be a secret.
        String raw = value.getRawValue();
        boolean asWritten = value.getValue() == null || raw != null && raw.contains("${");
        return PlainText.cut(PlainText.escape(asWritten ? String.valueOf(raw) : key.setting().rule().shown(value.getValue())),
                SHOWN);
    }

    private static boolean isBlank(ConfigValue value) {
        return value.getValue() != null && value.getValue().isBlank();
    }

    private static boolean isOfEnvironment(ConfigValue value) {
        return value.getConfigSourceName() != null && value.getConfigSourceName().startsWith(ENVIRONMENT);
    }

    private void add(String key, String sentence) {
        problems.add(problem(key, sentence));
    }
}
