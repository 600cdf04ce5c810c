package io.quarkiverse.procdaemon.runtime.reload;

import java.util.Set;
import java.util.regex.Pattern;

import io.smallrye.config.PropertyName;

/**
 * The keys whose change requires a restart, as far as the build knows what reads them.
 *
 * @param names of keys that are injected once and for all; a {@code *} stands for any part
 * @param prefixes of the mappings that are injected once and for all; the empty one is that of every key
 */
public record RestartKeys(Set<String> names, Set<String> prefixes) {

    private static final String QUARKUS = "quarkus.";
    private static final String OURS = "quarkus.proc-daemon.";
    private static final String CHANNELS = "mp.messaging.";

    /** One part of a key, in quotes if it contains dots. */
    private static final String PART = "(\"([^\"\\\\]|\\\\.)*\"|[^.\"]+)";

    private static final Pattern LIVE = Pattern.compile("log\\.level|log\\.category\\." + PART + "\\.level");

    /** Keys of this extension that only the start reads; a restart does not help those that only the build reads. */
    private static final Pattern START_ONLY = Pattern.compile(String.join("|",
            "name",
            "instance-lock",
            "pid-file",
            "signals\\..*",
            "channel\\..*",
            "start\\..*",
            "shutdown\\.report-file",
            "shutdown\\.before-http",
            "shutdown\\.signal-exit-code",
            "systemd\\.enabled",
            "dump\\..*",
            "metrics\\.(per-subsystem|state)",
            "control\\.(socket|allowed-users).*",
            "subsystem\\.enabled",
            "subsystem\\." + PART + "\\.enabled",
            "reload\\..*"));

    /** Whether a change of that key has no effect before the next start, at least in one place. */
    public boolean contains(String key) {
        return names.stream().anyMatch(name -> isPartOf(name, key, "[") || matches(name, key))
                || prefixes.stream().anyMatch(prefix -> prefix.isEmpty() || isPartOf(prefix, key, ".["))
                || isReadAtStartOnly(key);
    }

    /** Of the keys of Quarkus, of its messaging, and of this extension. */
    private static boolean isReadAtStartOnly(String key) {
        if (key.startsWith(OURS)) {
            return START_ONLY.matcher(key.substring(OURS.length())).matches();
        }
        return key.startsWith(CHANNELS) || key.startsWith(QUARKUS) && !LIVE.matcher(key.substring(QUARKUS.length())).matches();
    }

    private static boolean matches(String name, String key) {
        return name.indexOf('*') >= 0 && PropertyName.name(name).equals(PropertyName.name(key));
    }

    private static boolean isPartOf(String name, String key, String separators) {
        return key.startsWith(name)
                && (key.length() == name.length() || separators.indexOf(key.charAt(name.length())) >= 0);
    }
}
