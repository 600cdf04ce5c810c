package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;

import jakarta.enterprise.invoke.Invoker;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkus.runtime.RuntimeValue;

/**
 * A subsystem as found at build time, to be recorded.
 *
 * @param name its name
 * @param dependsOn the names of its dependencies
 * @param bean the identifier of its bean; null if another extension supplies its code
 * @param restart the declared restart policy
 * @param critical whether it is declared critical
 * @param methods its methods; all missing if it is no bean
 * @param livePrefixes the prefixes of the keys that it reads through {@link io.quarkiverse.procdaemon.LiveConfig}; empty if it
 *        is concerned by every key
 * @param restartOn the prefixes of the keys whose changes restart it
 */
public record SubsystemDefinition(String name, List<String> dependsOn, @Nullable String bean, RestartPolicy restart,
        boolean critical, Methods methods, List<String> livePrefixes, List<String> restartOn) {

    /**
     * The methods that the daemon calls. A missing one is null.
     *
     * @param onStart its {@link io.quarkiverse.procdaemon.OnStart}
     * @param run its {@link io.quarkiverse.procdaemon.Run}
     * @param every the {@link io.quarkiverse.procdaemon.Run#every()}; null if {@code run} is called once
     * @param onStop its {@link io.quarkiverse.procdaemon.OnStop}
     * @param healthy its {@link io.quarkiverse.procdaemon.Healthy}
     * @param onReload its {@link io.quarkiverse.procdaemon.OnReload}
     */
    public record Methods(@Nullable Method onStart, @Nullable Method run, @Nullable String every, @Nullable Method onStop,
            @Nullable Method healthy, @Nullable Method onReload) {
    }

    /**
     * A method of the bean.
     *
     * @param location its location, for messages
     * @param invoker calls it
     * @param takesArgument whether it takes its only possible argument: the context of the run, or the change of a reload
     * @param returnsVoid whether it has completed when it returns
     */
    public record Method(String location, RuntimeValue<Invoker<Object, Object>> invoker, boolean takesArgument,
            boolean returnsVoid) {
    }
}
