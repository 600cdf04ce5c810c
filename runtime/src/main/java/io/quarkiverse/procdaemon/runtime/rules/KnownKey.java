package io.quarkiverse.procdaemon.runtime.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.smallrye.config.NameIterator;

/**
 * A key that exists.
 *
 * @param name the key as in messages, with the name of a subsystem or signal in quotes
 * @param section the part up to that name; empty if it contains none
 * @param subsystem the name of the subsystem in it
 * @param signal the name of the signal in it
 * @param setting the entry in the table
 */
record KnownKey(String name, String section, Optional<String> subsystem, Optional<String> signal, Setting setting) {

    /** The key that a property sets, if it begins with the prefix of this extension and there is such a key. */
    static Optional<KnownKey> of(String property) {
        if (!property.startsWith(Keys.PREFIX)) {
            return Optional.empty();
        }
        List<String> parts = parts(property.substring(Keys.PREFIX.length()));
        if (parts.get(0).equals(Keys.SIGNALS) && parts.size() == 2) {
            String name = Keys.PREFIX + Keys.SIGNALS + "." + quoted(parts.get(1));
            return Optional.of(new KnownKey(name, name, Optional.empty(), Optional.of(parts.get(1)), Keys.SIGNAL));
        }
        if (parts.get(0).equals(Keys.CHANNEL) && parts.size() > 2) {
            Setting setting = find(Keys.OF_CHANNEL, parts, 2);
            return setting == null ? Optional.empty()
                    : Optional.of(unnamed(Keys.CHANNEL + "." + quoted(parts.get(1)) + "." + setting.path(), setting));
        }
        if (parts.size() == 4 && String.join(".", parts.subList(0, 3)).equals(Keys.DIRECTIVES)) {
            return Optional.of(unnamed(Keys.DIRECTIVES + "." + quoted(parts.get(3)), Keys.DIRECTIVE));
        }
        if (!parts.get(0).equals(Keys.SUBSYSTEM)) {
            Setting setting = find(Keys.DAEMON, parts, 0);
            return setting == null ? Optional.empty() : Optional.of(unnamed(setting.path(), setting));
        }
        Setting common = find(Keys.OF_SUBSYSTEM, parts, 1);
        if (common != null) {
            return Optional.of(unnamed(Keys.SUBSYSTEM + "." + common.path(), common));
        }
        Setting own = find(Keys.OF_SUBSYSTEM, parts, 2);
        if (own == null) {
            return Optional.empty();
        }
        String section = ofSubsystem(parts.get(1));
        return Optional.of(
                new KnownKey(section + "." + own.path(), section, Optional.of(parts.get(1)), Optional.empty(), own));
    }

    private static KnownKey unnamed(String path, Setting setting) {
        return new KnownKey(Keys.PREFIX + path, "", Optional.empty(), Optional.empty(), setting);
    }

    /** Whether the name of a property is the beginning of the names of keys. */
    static boolean isSection(String property, Predicate<String> isSubsystem) {
        List<String> parts = parts(property.substring(Keys.PREFIX.length()));
        if (parts.get(0).equals(Keys.SUBSYSTEM) && parts.size() > 1 && isSubsystem.test(parts.get(1))) {
            String path = String.join(".", parts.subList(2, parts.size()));
            return path.isEmpty() || Keys.OF_SUBSYSTEM.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
        }
        return property.equals(Keys.PREFIX + Keys.SIGNALS) || property.equals(Keys.PREFIX + Keys.DIRECTIVES)
                || Keys.FIXED.stream().anyMatch(key -> key.startsWith(property + "."));
    }

    /** The beginning of all keys of a subsystem. */
    static String ofSubsystem(String name) {
        return Keys.PREFIX + Keys.SUBSYSTEM + "." + quoted(name);
    }

    /** Null if there is none. */
    private static @Nullable Setting find(Map<String, Setting> table, List<String> parts, int first) {
        String path = parts.size() > first ? String.join(".", parts.subList(first, parts.size())) : "";
        Setting setting = table.get(path);
        if (setting != null || !path.endsWith("]")) {
            return setting;
        }
        Setting several = table.get(path.replaceFirst("\\[\\d+]$", ""));
        return several != null && several.rule() instanceof ListRule ? several : null;
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (NameIterator names = new NameIterator(path); names.hasNext(); names.next()) {
            parts.add(names.getNextSegment());
        }
        return parts.isEmpty() ? List.of("") : parts;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
