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
 * @param onReload its {@link io.quarkiverse.procdaemon.OnReload}
 * @param livePrefixes what the names of the keys begin with that it reads through {@link io.quarkiverse.procdaemon.LiveConfig};
 *        empty if it is concerned by every key
 */
public record SubsystemDefinition(String name, List<String> dependsOn, String bean, RestartPolicy restart, boolean critical,
        Method onStart, Method run, Method onStop, Method healthy, Method onReload, List<String> livePrefixes) {

    /**
     * How to call a method of the bean.
     *
     * @param location where it stands, for messages
     * @param invoker calls it
     * @param takesArgument whether it takes the one thing that it may take: the context of the run, or the change of a reload
     * @param returnsVoid whether it is done when it returns
     */
    public record Method(String location, RuntimeValue<Invoker<Object, Object>> invoker, boolean takesArgument,
            boolean returnsVoid) {
    }
}
