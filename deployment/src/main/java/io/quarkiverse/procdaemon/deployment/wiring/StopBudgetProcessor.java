package io.quarkiverse.procdaemon.deployment.wiring;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.deployment.validation.ShutdownBudgetBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.StartBudgetBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.ValidatedSubsystemsBuildItem;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.engine.graph.StartBudget;
import io.quarkiverse.procdaemon.runtime.wiring.StopBudgetWarnings;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.shutdown.ShutdownBuildTimeConfig;

/**
 * How long a start and a stop may take, as far as it is known at build time. Warns about stop timeouts that do not fit; the
 * start checks
 * them again with its configuration.
 */
class StopBudgetProcessor {

    private static final Logger LOG = Logger.getLogger(StopBudgetProcessor.class);

    // Only warns, but a step that produces nothing would not run.
    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void warn(ValidatedSubsystemsBuildItem validated) {
        DependencyGraph graph = DependencyGraph.of(validated.nodes());
        KnownTimeouts known = new KnownTimeouts(ConfigProvider.getConfig());
        StopBudgetWarnings.of(graph, known::stop, known.shutdown())
                .forEach(warning -> LOG.warn(warning + " (as far as the configuration is known at build time)"));
    }

    @BuildStep
    StartBudgetBuildItem start(ValidatedSubsystemsBuildItem validated) {
        KnownTimeouts known = new KnownTimeouts(ConfigProvider.getConfig());
        return new StartBudgetBuildItem(StartBudget.of(DependencyGraph.of(validated.nodes()), known::start));
    }

    @BuildStep
    ShutdownBudgetBuildItem budget(ShutdownBuildTimeConfig delays) {
        return KnownShutdownBudget.in(ConfigProvider.getConfig(), delays.delayEnabled());
    }
}
