package io.quarkiverse.procdaemon.deployment.json;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ResourceUsage;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.event.ConfigReloadRejected;
import io.quarkiverse.procdaemon.event.ConfigReloaded;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.event.ResourceLimitCleared;
import io.quarkiverse.procdaemon.event.ResourceLimitExceeded;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;

class JsonProcessor {

    // By name: without Jackson the types that one of them uses are missing.
    private static final String ROOM = "io.quarkiverse.procdaemon.runtime.json.";

    @BuildStep
    @Nullable
    AdditionalBeanBuildItem writer(DaemonBuildTimeConfig config, Capabilities capabilities) {
        return isWritten(config)
                ? AdditionalBeanBuildItem
                        .unremovableOf(ROOM + (capabilities.isPresent(Capability.JACKSON) ? "JacksonJson" : "PlainJson"))
                : null;
    }

    @BuildStep
    @Nullable
    ReflectiveClassBuildItem records(DaemonBuildTimeConfig config, Capabilities capabilities) {
        return capabilities.isPresent(Capability.JACKSON) || isWritten(config)
                ? ReflectiveClassBuildItem.builder(types().toArray(Class<?>[]::new)).methods().fields()
                        .reason("public records of proc-daemon that an application, its control socket or its status page sends as JSON")
                        .build()
                : null;
    }

    private static boolean isWritten(DaemonBuildTimeConfig config) {
        return config.control().enabled() || config.status().enabled();
    }

    /** All public records, and the interfaces that give members of a sealed family their type. */
    static List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>(List.of(SubsystemInfo.class, Failure.class, ShutdownReport.class,
                ShutdownReport.Entry.class, ShutdownReport.Escalation.class, ReloadResult.class, ResourceUsage.class,
                ConfigProblem.class,
                ConfigReloaded.class,
                ConfigReloadRejected.class, DaemonSignal.class, ResourceLimitExceeded.class, ResourceLimitCleared.class));
        for (Class<?> family : List.of(ShutdownReason.class, SubsystemEvent.class)) {
            types.add(family);
            types.addAll(List.of(family.getPermittedSubclasses()));
        }
        return types;
    }
}
