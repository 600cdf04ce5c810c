package io.quarkiverse.procdaemon.runtime.health;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.StartCheck;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;

/** SmallRye Health allows a number of groups only. */
@Singleton
public class GroupLimit implements StartCheck {

    static final String KEY = "io.smallrye.health.maxGroupRegistriesCount";

    private static final int DEFAULT = 100;

    @Override
    public List<ConfigProblem> problems(Start next, @Nullable Start running) {
        Set<String> groups = new TreeSet<>();
        for (SubsystemConfig subsystem : next.config().subsystems().values()) {
            subsystem.health().group().ifPresent(groups::add);
        }
        return groups.size() <= 1 ? List.of()
                : problems(groups.size(), ConfigProvider.getConfig().getOptionalValue(KEY, Integer.class).orElse(DEFAULT));
    }

    static List<ConfigProblem> problems(int groups, int most) {
        return groups <= most ? List.of()
                : List.of(new ConfigProblem(Optional.of(KEY), Optional.empty(), OptionalInt.empty(),
                        "subsystem.health.group names " + groups + " groups, but SmallRye Health allows " + most
                                + "; use fewer groups, or set " + KEY + " to at least " + groups));
    }
}
