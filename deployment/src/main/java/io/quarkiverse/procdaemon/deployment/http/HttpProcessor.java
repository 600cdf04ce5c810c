package io.quarkiverse.procdaemon.deployment.http;

import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveMethodBuildItem;

class HttpProcessor {

    // By name: without the Vert.x HTTP extension the types that it extends are missing.
    private static final String REQUESTS = "io.quarkiverse.procdaemon.runtime.http.InFlightRequests";
    private static final String UPGRADES = "io.quarkiverse.procdaemon.runtime.http.Upgrades";
    private static final String CALLBACKS = "io.quarkiverse.procdaemon.runtime.http.WebSocketCallbacks";

    @BuildStep
    void traffic(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            // Nothing injects them: they are looked up as InFlightWork when the daemon is assembled.
            beans.produce(AdditionalBeanBuildItem.unremovableOf(REQUESTS));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(UPGRADES));
        }
        if (capabilities.isPresent(Capability.WEBSOCKETS_NEXT)) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(CALLBACKS));
        }
    }

    @BuildStep
    void countOfQuarkus(Capabilities capabilities, BuildProducer<ReflectiveMethodBuildItem> methods) {
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            methods.produce(new ReflectiveMethodBuildItem("io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper", "done",
                    new String[0]));
        }
    }
}
