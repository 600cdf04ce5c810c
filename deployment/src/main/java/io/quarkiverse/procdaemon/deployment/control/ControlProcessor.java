package io.quarkiverse.procdaemon.deployment.control;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

class ControlProcessor {

    // By name: without Jackson the types that one of them uses are missing.
    private static final String ROOM = "io.quarkiverse.procdaemon.runtime.control.";

    @BuildStep
    void socket(DaemonBuildTimeConfig config, Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (config.control().enabled()) {
            boolean jackson = capabilities.isPresent(Capability.JACKSON);
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "ControlCheck"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "ControlService"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + (jackson ? "JacksonJson" : "PlainJson")));
        }
    }
}
