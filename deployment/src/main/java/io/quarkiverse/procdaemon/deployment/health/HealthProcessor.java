package io.quarkiverse.procdaemon.deployment.health;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;

import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.deployment.validation.ValidatedSubsystemsBuildItem;
import io.quarkiverse.procdaemon.runtime.config.DaemonBuildTimeConfig;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkiverse.procdaemon.runtime.engine.graph.DependencyGraph;
import io.quarkiverse.procdaemon.runtime.health.HealthRecorder;
import io.quarkus.arc.BeanDestroyer;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.smallrye.health.deployment.spi.HealthBuildItem;

class HealthProcessor {

    // By name: without the SmallRye Health extension these types are missing.
    private static final DotName HEALTH_REGISTRY = DotName.createSimple("io.smallrye.health.api.HealthRegistry");
    private static final DotName READINESS = DotName.createSimple("org.eclipse.microprofile.health.Readiness");
    private static final String CHECKS = "io.quarkiverse.procdaemon.runtime.health.";

    @BuildStep
    void daemonChecks(DaemonBuildTimeConfig config, BuildProducer<HealthBuildItem> checks) {
        checks.produce(new HealthBuildItem(CHECKS + "DaemonLiveness", config.health().enabled()));
        checks.produce(new HealthBuildItem(CHECKS + "DaemonStartup", config.health().enabled()));
    }

    @BuildStep
    void otherBeans(DaemonBuildTimeConfig config, Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (isOn(config, capabilities)) {
            beans.produce(AdditionalBeanBuildItem.unremovableOf(CHECKS + "ReloadReadiness"));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(CHECKS + "GroupLimit"));
        }
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void subsystemChecks(HealthRecorder recorder, DaemonBuildTimeConfig config, Capabilities capabilities,
            ValidatedSubsystemsBuildItem validated, BuildProducer<SyntheticBeanBuildItem> beans) {
        if (isOn(config, capabilities)) {
            beans.produce(SyntheticBeanBuildItem.configure(SubsystemListener.class).addType(DaemonService.class)
                    .identifier("readiness")
                    .scope(Singleton.class).unremovable()
                    .addInjectionPoint(ClassType.create(HEALTH_REGISTRY), AnnotationInstance.builder(READINESS).build())
                    .createWith(recorder.readiness(validated.nodes().stream().map(DependencyGraph.Node::name).toList()))
                    .destroyer(BeanDestroyer.AutoCloseableDestroyer.class).done());
        }
    }

    private static boolean isOn(DaemonBuildTimeConfig config, Capabilities capabilities) {
        return config.health().enabled() && capabilities.isPresent(Capability.SMALLRYE_HEALTH);
    }
}
