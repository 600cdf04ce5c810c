package io.quarkiverse.procdaemon.deployment.jfr;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.deployment.diagnostics.FlightRecorderBuildItem;
import io.quarkiverse.procdaemon.runtime.jfr.JfrListener;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;

class JfrProcessor {

    @BuildStep
    @Nullable
    AdditionalBeanBuildItem events(FlightRecorderBuildItem flightRecorder) {
        return flightRecorder.isAvailable() ? AdditionalBeanBuildItem.unremovableOf(JfrListener.class) : null;
    }
}
