package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.Interval;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.rules.IntervalExpression;

/** The settings of subsystems, which follow reloads. */
final class LiveSettings implements SettingsSource {

    private final ReloadableEngine engine;
    private final Supplier<ConfiguredSettings> current;

    /**
     * @param engine checks the intervals at each reload
     * @param current the current configuration
     */
    LiveSettings(ReloadableEngine engine, Supplier<ConfiguredSettings> current) {
        this.engine = engine;
        this.current = current;
    }

    @Override
    public Supplier<SubsystemSettings> of(String name, RestartPolicy restart, boolean critical) {
        return new Current<>(current, now -> now.of(name, restart, critical));
    }

    @Override
    public Interval interval(String every) {
        IntervalExpression expression = IntervalExpression.of(every);
        Interval interval = interval(expression);
        interval.get();
        engine.uses(expression);
        return interval;
    }

    /** The current interval of a subsystem that is a bean. */
    Interval interval(IntervalExpression expression) {
        return new Current<@Nullable Duration>(current, now -> now.interval(expression))::get;
    }
}
