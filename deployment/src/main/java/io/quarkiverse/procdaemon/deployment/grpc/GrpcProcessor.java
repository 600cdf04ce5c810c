package io.quarkiverse.procdaemon.deployment.grpc;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

class GrpcProcessor {

    // By name: without the gRPC extension the types that they extend are missing.
    private static final String RUNTIME = "io.quarkiverse.procdaemon.runtime.grpc.";

    @BuildStep
    void calls(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.GRPC)) {
            // Nothing injects them: Quarkus finds the interceptor by its annotation, and the rest is found by the wiring.
            beans.produce(AdditionalBeanBuildItem.unremovableOf(RUNTIME + "CallGate"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(RUNTIME + "CallsInFlight"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(RUNTIME + "ServingStatuses"));
        }
    }
}
