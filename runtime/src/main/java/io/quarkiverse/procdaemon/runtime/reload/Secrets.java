package io.quarkiverse.procdaemon.runtime.reload;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/**
 * Which keys of a configuration have values that nobody may see: those that it marks as secret, and those whose names say so.
 */
final class Secrets {

    /** No value of these is a secret, whatever a subsystem is called. */
    private static final String OURS = "quarkus.proc-daemon.";
    /** The key, and whether it is a value for a handler that makes it readable. */
    private static final Pattern EXPRESSION = Pattern.compile("(?<![\\\\$])\\$\\{([^:}$]*)(::)?");
    private static final String HANDLER = "::";
    private static final int DEEPEST = 32;

    private final SmallRyeConfig config;
    private final List<String> words;
    private final Set<String> marked = new HashSet<>();
    private final Set<String> all = new HashSet<>();

    /** @param words what makes a key a secret if it is part of its name, in any case */
    Secrets(SmallRyeConfig config, List<String> words) {
        this.config = config;
        this.words = new ArrayList<>();
        for (String word : words) {
            if (!word.isEmpty()) {
                this.words.add(normal(word));
            }
        }
        SecretKeys.doUnlocked(() -> addNames(all));
        marked.addAll(all);
        Set<String> readable = new HashSet<>();
        SecretKeys.doLocked(() -> addNames(readable));
        marked.removeAll(readable);
    }

    private void addNames(Set<String> names) {
        for (String name : config.getLatestPropertyNames()) {
            names.add(name);
        }
    }

    /** The names of all keys. */
    Set<String> keys() {
        return all;
    }

    /** Whether the value of a key is a secret, or made of one by an expression. */
    boolean contain(String key) {
        return contain(key, 0);
    }

    private boolean contain(String key, int depth) {
        if (depth > DEEPEST || isNamedSecret(key)) {
            return true;
        }
        String raw = raw(key);
        Matcher expression = EXPRESSION.matcher(raw == null ? "" : raw);
        while (expression.find()) {
            if (expression.group(2) != null || contain(expression.group(1), depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** The values that must not be seen anywhere. */
    Set<String> values() {
        Set<String> values = new HashSet<>();
        // Of what an expression makes of others, only the others are secrets.
        for (String key : all) {
            if (isSecretItself(key)) {
                add(values, value(key));
                for (ConfigSource source : config.getConfigSources()) {
                    add(values, written(source, key));
                }
            }
        }
        return values;
    }

    private boolean isSecretItself(String key) {
        return isNamedSecret(key) || String.valueOf(raw(key)).contains(HANDLER);
    }

    private boolean isNamedSecret(String key) {
        if (key.startsWith(OURS)) {
            return false;
        }
        String name = normal(key);
        for (String word : words) {
            if (name.contains(word)) {
                return true;
            }
        }
        return marked.contains(key);
    }

    private static void add(Set<String> values, @Nullable String value) {
        if (value != null && !value.contains("${")) {
            values.add(value);
        }
    }

    private static @Nullable String written(ConfigSource source, String key) {
        try {
            return source.getValue(key);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    /** As it is written, before expressions; null if it is nowhere. One that cannot be looked up is taken for a secret. */
    private @Nullable String raw(String key) {
        try {
            return unlocked(key).getRawValue();
        } catch (RuntimeException unresolved) {
            return "${" + HANDLER + "}";
        }
    }

    private @Nullable String value(String key) {
        try {
            return unlocked(key).getValue();
        } catch (RuntimeException unresolved) {
            return null;
        }
    }

    private ConfigValue unlocked(String key) {
        return SecretKeys.doUnlocked(() -> config.getConfigValue(key));
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
    }
}
