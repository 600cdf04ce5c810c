package io.quarkiverse.procdaemon.extension.deployment;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.deployment.SubsystemBuildItem;
import io.quarkiverse.procdaemon.extension.ExtensionRecorder;
import io.quarkiverse.procdaemon.extension.Listener;
import io.quarkiverse.procdaemon.extension.Trace;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

class ExtensionProcessor {

    /** Depends on a subsystem of the application. */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    SubsystemBuildItem cache(ExtensionRecorder recorder) {
        return SubsystemBuildItem.ofRuntime("acme-cache", recorder.cache("eu")).dependsOn("journal");
    }

    @BuildStep
    SubsystemBuildItem poller() {
        return SubsystemBuildItem.ofBean("acme-poller", "io.quarkiverse.procdaemon.extension.Poller").dependsOn("acme-cache")
                .restart(RestartPolicy.ALWAYS);
    }

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return new AdditionalBeanBuildItem(Trace.class, Listener.class);
    }
}
