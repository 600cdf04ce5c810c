package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;

import jakarta.enterprise.invoke.Invoker;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkus.runtime.RuntimeValue;

/**
 * A subsystem as the build found it, to be recorded. A method it does not have is null.
 *
 * @param name its name
 * @param dependsOn the names of what it depends on
 * @param bean the identifier of its bean
 * @param restart the restart policy of its annotation
 * @param critical whether its annotation says it is critical
 * @param onStart its {@link io.quarkiverse.procdaemon.OnStart}
 * @param run its {@link io.quarkiverse.procdaemon.Run}
 * @param onStop its {@link io.quarkiverse.procdaemon.OnStop}
 * @param healthy its {@link io.quarkiverse.procdaemon.Healthy}
 */
public record SubsystemDefinition(String name, List<String> dependsOn, String bean, RestartPolicy restart, boolean critical,
        Method onStart, Method run, Method onStop, Method healthy) {

    /**
     * How to call a method of the bean.
     *
     * @param location where it stands, for messages
     * @param invoker calls it
     * @param takesContext whether it takes the context of the run
     * @param returnsVoid whether it is done when it returns
     */
    public record Method(String location, RuntimeValue<Invoker<Object, Object>> invoker, boolean takesContext,
            boolean returnsVoid) {
    }
}
