package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.List;

import io.quarkiverse.procdaemon.RestartPolicy;

/**
 * A subsystem that another extension contributes, whose code a recorder supplies.
 *
 * @param name its name
 * @param dependsOn the names it depends on, in the order declared
 * @param restart the restart policy declared
 * @param critical whether it is declared critical
 * @param restartOn the prefixes of the keys whose changes restart it
 * @param contributor the build step that contributes it
 */
public record SuppliedSubsystem(String name, List<String> dependsOn, RestartPolicy restart, boolean critical,
        List<String> restartOn, String contributor) {

    /** Its location, for messages: its name, and where it is contributed. */
    public String location() {
        return "subsystem '" + name + "' (contributed by " + contributor + ")";
    }
}
