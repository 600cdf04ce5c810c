package io.quarkiverse.procdaemon.runtime.engine;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SettingsSource;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

/**
 * A subsystem whose code is passed to a {@link SubsystemBuilder}, but that is part of the daemon from the beginning.
 *
 * @param name its name
 * @param settings the source of its settings
 * @param around what its code is called through
 */
public record Contribution(String name, SettingsSource settings, UnaryOperator<Behavior> around) {

    /**
     * Its specification.
     *
     * @param declaration says what it is, and does not register it
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException if its interval is wrong
     */
    public SubsystemSpec specify(Consumer<SubsystemBuilder> declaration) {
        Registration registration = new Registration(name, settings, around, spec -> {
            throw new DaemonStateException(ErrorCode.WRONG_STATE, "subsystem '" + name + "' is contributed by an extension, "
                    + "so the daemon registers it; remove the call of register()");
        });
        declaration.accept(registration);
        return registration.specification();
    }
}
