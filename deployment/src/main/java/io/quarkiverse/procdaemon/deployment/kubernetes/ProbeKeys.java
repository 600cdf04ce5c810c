package io.quarkiverse.procdaemon.deployment.kubernetes;

import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * What the user has set of the probes of a target.
 *
 * @param target the target of the manifests, such as {@code kubernetes} or {@code openshift}
 */
record ProbeKeys(Config config, String target) {

    /** Whether a key such as {@code quarkus.kubernetes.readiness-probe.period} has a value of the user's. */
    boolean isSet(String probe, String key) {
        return Stream.of("kubernetes", target)
                .map(section -> config.getConfigValue("quarkus." + section + "." + probe + "." + key))
                .anyMatch(ProbeKeys::isOfUser);
    }

    /** Defaults have the lowest ordinal that there is. */
    private static boolean isOfUser(ConfigValue value) {
        return value.getRawValue() != null && value.getSourceOrdinal() != Integer.MIN_VALUE;
    }
}
