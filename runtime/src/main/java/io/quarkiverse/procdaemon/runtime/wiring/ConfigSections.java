package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;

/**
 * Which section of the configuration is about which subsystem. An environment variable has lost the case and the punctuation
 * of the name it spells, so {@code …SUBSYSTEM__LINE_INGEST__…} arrives as {@code line.ingest} and still means
 * {@code line-ingest}, unless a subsystem has that very name.
 */
final class ConfigSections {

    private final Map<String, SubsystemConfig> sections;
    private final Collection<String> names;

    /**
     * @param config what is configured
     * @param names the names of all subsystems
     */
    ConfigSections(DaemonConfig config, Collection<String> names) {
        this.sections = config.subsystems();
        this.names = names;
    }

    /** What is set for all subsystems. */
    SubsystemConfig every() {
        return sections.get(DaemonConfig.EVERY);
    }

    /** The sections that hold for a subsystem, the one that counts most first. */
    List<SubsystemConfig> of(String name) {
        return List.copyOf(named(name).values());
    }

    /** The same by the name that each has in the configuration. */
    Map<String, SubsystemConfig> named(String name) {
        Map<String, SubsystemConfig> found = new LinkedHashMap<>();
        if (sections.containsKey(name)) {
            found.put(name, sections.get(name));
        }
        sections.forEach((key, section) -> {
            if (isOtherSpelling(key, name)) {
                found.put(key, section);
            }
        });
        found.put(DaemonConfig.EVERY, every());
        return found;
    }

    /** Whether a key of the configuration means any subsystem, or all of them. */
    boolean isKnown(String key) {
        return key.equals(DaemonConfig.EVERY) || names.contains(key)
                || names.stream().anyMatch(name -> isOtherSpelling(key, name));
    }

    private boolean isOtherSpelling(String key, String name) {
        return !names.contains(key) && spelling(key).equals(spelling(name));
    }

    private static String spelling(String name) {
        return name.replaceAll("[^A-Za-z0-9]", ".").toLowerCase(Locale.ROOT);
    }
}
