package io.quarkiverse.procdaemon.deployment.status;

import static io.quarkus.deployment.annotations.ExecutionTime.RUNTIME_INIT;

import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.status.StatusRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.vertx.http.deployment.spi.RouteBuildItem;

class StatusProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");
    // By name: with its class come the types of Vert.x.
    private static final String PAGE = "io.quarkiverse.procdaemon.runtime.status.StatusPage";

    static final class IsEnabled implements BooleanSupplier {

        private final DaemonBuildTimeConfig config;

        IsEnabled(DaemonBuildTimeConfig config) {
            this.config = config;
        }

        @Override
        public boolean getAsBoolean() {
            return config.status().enabled();
        }
    }

    @BuildStep(onlyIf = IsEnabled.class)
    @Record(RUNTIME_INIT)
    void page(StatusRecorder recorder, Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<RouteBuildItem> routes) {
        if (capabilities.isMissing(Capability.VERTX_HTTP)) {
            LOG.warn("There is no status page although quarkus.proc-daemon.status.enabled is true, because the application has"
                    + " no HTTP server; add the extension quarkus-vertx-http, or remove the key");
            return;
        }
        beans.produce(AdditionalBeanBuildItem.unremovableOf(PAGE));
        routes.produce(RouteBuildItem.newManagementRoute("proc-daemon").withRequestHandler(recorder.page())
                .displayOnNotFoundPage("Status of the daemon").build());
    }
}
