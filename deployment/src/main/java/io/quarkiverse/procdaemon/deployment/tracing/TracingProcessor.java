package io.quarkiverse.procdaemon.deployment.tracing;

import org.jspecify.annotations.Nullable;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildStep;

class TracingProcessor {

    // By name: without the OpenTelemetry extension the types that it uses are missing.
    private static final String SPANS = "io.quarkiverse.procdaemon.runtime.tracing.DaemonSpans";

    @BuildStep
    @Nullable
    AdditionalBeanBuildItem spans(Capabilities capabilities) {
        return capabilities.isPresent(Capability.OPENTELEMETRY_TRACER) ? AdditionalBeanBuildItem.unremovableOf(SPANS) : null;
    }
}
