package io.quarkiverse.procdaemon.deployment.metrics;

import java.util.Optional;

import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;

class MetricsProcessor {

    // By name: without the Micrometer extension the types that it extends are missing.
    private static final String METERS = "io.quarkiverse.procdaemon.runtime.metrics.DaemonMeters";

    @BuildStep
    void meters(DaemonBuildTimeConfig config, Optional<MetricsCapabilityBuildItem> metrics,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (config.metrics().enabled()
                && metrics.filter(capability -> capability.metricsSupported(MetricsFactory.MICROMETER)).isPresent()) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(METERS));
        }
    }
}
