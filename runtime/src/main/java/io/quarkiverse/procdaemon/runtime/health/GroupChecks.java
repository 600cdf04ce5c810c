package io.quarkiverse.procdaemon.runtime.health;

import java.util.HashMap;
import java.util.Map;

import jakarta.inject.Provider;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.health.registry.HealthRegistries;

/**
 * The readiness checks of subsystems in groups of SmallRye Health, each in one at most. A subsystem that configuration disables
 * is in none. Called by one thread at a time.
 */
final class GroupChecks {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    /** The groups by the names of the subsystems; only of those that are in one. */
    private final Map<String, String> groups = new HashMap<>();

    /** Puts the check of a subsystem where the settings say. */
    void put(String subsystem, DaemonInternals daemon, Provider<DaemonInternals> atRequest) {
        String next = daemon.healthGroup(subsystem).orElse(null);
        String before = groups.get(subsystem);
        if (next == null ? before == null : next.equals(before)) {
            return;
        }
        remove(subsystem);
        if (next != null) {
            add(subsystem, next, new SubsystemReadiness(atRequest, subsystem));
        }
    }

    private void add(String subsystem, String group, AsyncHealthCheck check) {
        try {
            HealthRegistries.getHealthGroupRegistry(group).register(ReadinessChecks.id(subsystem), check);
            groups.put(subsystem, group);
        } catch (IllegalStateException tooMany) {
            LOG.warnf(
                    "Subsystem '%s' is not in the health group '%s': SmallRye Health refused the group (%s); use fewer groups,"
                            + " or raise %s and restart",
                    subsystem, group, tooMany.getMessage(), GroupLimit.KEY);
        }
    }

    /** Takes the check of a subsystem out of its group, if it is in one. */
    void remove(String subsystem) {
        @Nullable
        String group = groups.remove(subsystem);
        if (group != null) {
            HealthRegistries.getHealthGroupRegistry(group).remove(ReadinessChecks.id(subsystem));
        }
    }
}
