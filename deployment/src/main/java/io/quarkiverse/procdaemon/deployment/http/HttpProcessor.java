package io.quarkiverse.procdaemon.deployment.http;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

class HttpProcessor {

    // By name: without the Vert.x HTTP extension the types it stands on are not there.
    private static final String REQUESTS = "io.quarkiverse.procdaemon.runtime.http.InFlightRequests";

    @BuildStep
    void traffic(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            // Nothing injects it: it is looked up as traffic when the daemon is assembled.
            beans.produce(AdditionalBeanBuildItem.unremovableOf(REQUESTS));
        }
    }
}
