package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;

/** Finds what is wrong with the configured needs of channels. */
final class ChannelProblems {

    private final DaemonConfig config;
    private final Map<String, String> channels;
    private final Collection<String> subsystems;
    private final ConfiguredSettings settings;
    private final Map<String, String> problems = new LinkedHashMap<>();

    private ChannelProblems(DaemonConfig config, Map<String, String> channels, Collection<String> subsystems,
            ConfiguredSettings settings) {
        this.config = config;
        this.channels = new TreeMap<>(channels);
        this.subsystems = new TreeSet<>(subsystems);
        this.settings = settings;
    }

    /**
     * The problems, each a full sentence, by key.
     *
     * @param channels those that have consumers, each with why no message can be kept from it, if none can
     * @param subsystems the names of all subsystems
     */
    static Map<String, String> of(DaemonConfig config, Map<String, String> channels, Collection<String> subsystems,
            ConfiguredSettings settings) {
        ChannelProblems check = new ChannelProblems(config, channels, subsystems, settings);
        if (!config.channels().isEmpty()) {
            new TreeMap<>(config.channels()).forEach(
                    (channel, section) -> check.needs(channel, section.needs().orElse(List.of())));
        }
        return check.problems;
    }

    private void needs(String channel, List<String> needs) {
        String key = "quarkus.proc-daemon.channel.\"" + channel + "\".needs";
        String obstacle = channels.get(channel);
        if (obstacle == null) {
            problems.put(key, key + ": there is no @Incoming method that consumes a channel of that name; "
                    + (channels.isEmpty() ? "there are no such channels"
                            : "known channels: " + String.join(", ", channels.keySet()))
                    + "; correct the name or remove the key");
        } else if (!obstacle.isEmpty() && !needs.isEmpty()) {
            problems.put(key, key + ": no message can be kept from the consumer. " + obstacle + ", or remove the key");
        } else {
            String missing = String.join(", ", needs.stream().filter(need -> !subsystems.contains(need)).toList());
            String disabled = String.join(", ",
                    needs.stream().filter(need -> subsystems.contains(need) && !settings.enabled(need)).toList());
            if (!missing.isEmpty()) {
                problems.put(key, key + ": there is no subsystem " + missing + "; "
                        + (subsystems.isEmpty() ? "there are no subsystems"
                                : "known subsystems: " + String.join(", ", subsystems))
                        + "; correct the name or remove it");
            } else if (!disabled.isEmpty()) {
                problems.put(key, key + ": disabled by configuration, so the channel would never deliver a message: " + disabled
                        + "; enable it or remove it from the key");
            }
        }
    }
}
