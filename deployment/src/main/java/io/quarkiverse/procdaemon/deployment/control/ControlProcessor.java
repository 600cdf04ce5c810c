package io.quarkiverse.procdaemon.deployment.control;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

class ControlProcessor {

    private static final String ROOM = "io.quarkiverse.procdaemon.runtime.control.";

    @BuildStep
    void socket(DaemonBuildTimeConfig config, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (config.control().enabled()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "ControlCheck"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(ROOM + "ControlService"));
        }
    }
}
