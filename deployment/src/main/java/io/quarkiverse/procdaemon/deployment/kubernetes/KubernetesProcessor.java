package io.quarkiverse.procdaemon.deployment.kubernetes;

import java.util.List;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.deployment.validation.ShutdownBudgetBuildItem;
import io.quarkiverse.procdaemon.deployment.validation.StartBudgetBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.kubernetes.spi.DecoratorBuildItem;
import io.quarkus.kubernetes.spi.KubernetesDeploymentTargetBuildItem;

class KubernetesProcessor {

    /** Its services have neither a grace period nor a startup probe. */
    private static final String KNATIVE = "knative";

    @BuildStep
    void pods(ShutdownBudgetBuildItem stop, StartBudgetBuildItem start,
            List<KubernetesDeploymentTargetBuildItem> targets, BuildProducer<DecoratorBuildItem> decorators) {
        // Without quarkus-kubernetes, which brings Dekorate, there is none.
        targets.stream().map(KubernetesDeploymentTargetBuildItem::getName).distinct()
                .filter(target -> !target.equals(KNATIVE)).forEach(target -> decorators.produce(new DecoratorBuildItem(target,
                        new PodDecorator(new PodNumbers(stop.budget(), stop.explanation(), start.budget(),
                                new ProbeKeys(ConfigProvider.getConfig(), target))))));
    }
}
