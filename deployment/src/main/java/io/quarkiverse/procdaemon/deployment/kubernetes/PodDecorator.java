package io.quarkiverse.procdaemon.deployment.kubernetes;

import java.util.Optional;

import io.dekorate.kubernetes.decorator.AbstractAddProbeDecorator;
import io.dekorate.kubernetes.decorator.AddAnnotationDecorator;
import io.dekorate.kubernetes.decorator.AddEnvVarDecorator;
import io.dekorate.kubernetes.decorator.AddInitContainerDecorator;
import io.dekorate.kubernetes.decorator.AddLivenessProbeDecorator;
import io.dekorate.kubernetes.decorator.AddReadinessProbeDecorator;
import io.dekorate.kubernetes.decorator.AddSidecarDecorator;
import io.dekorate.kubernetes.decorator.AddStartupProbeDecorator;
import io.dekorate.kubernetes.decorator.ApplyApplicationContainerDecorator;
import io.dekorate.kubernetes.decorator.Decorator;
import io.dekorate.kubernetes.decorator.NamedResourceDecorator;
import io.dekorate.kubernetes.decorator.ResourceProvidingDecorator;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecFluent;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/** Writes the numbers into the pod template of each workload: Deployment, StatefulSet, DeploymentConfig, Job, CronJob. */
final class PodDecorator extends NamedResourceDecorator<PodTemplateSpecFluent<?>> {

    private static final String ANNOTATION = "proc-daemon.quarkiverse.io/";
    /** Read at the start: a pod cannot see its own grace period. */
    private static final String GRACE_VARIABLE = "PROC_DAEMON_GRACE_PERIOD_SECONDS";

    private final PodNumbers numbers;

    PodDecorator(PodNumbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public void andThenVisit(PodTemplateSpecFluent<?> template, ObjectMeta resource) {
        andThenVisit(template, "", resource);
    }

    @Override
    public void andThenVisit(PodTemplateSpecFluent<?> template, String kind, ObjectMeta resource) {
        PodSpec pod = template.buildSpec();
        if (pod == null || pod.getContainers() == null || pod.getContainers().isEmpty()) {
            return;
        }
        Long present = pod.getTerminationGracePeriodSeconds();
        boolean isOfUser = numbers.isGraceOfUser(present, kind);
        long grace = isOfUser ? present : numbers.grace();
        pod.setTerminationGracePeriodSeconds(grace);
        annotate(template, "grace-period", isOfUser ? numbers.graceOfUserExplained(grace) : numbers.graceExplained());
        int application = application(pod, resource);
        Container container = withVariable(pod.getContainers().get(application), grace);
        adjustStartup(container).ifPresent(explained -> annotate(template, "startup-probe", explained));
        adjustReadiness(container);
        pod.getContainers().set(application, container);
        template.withSpec(pod);
    }

    private static void annotate(PodTemplateSpecFluent<?> template, String name, String text) {
        template.editOrNewMetadata().addToAnnotations(ANNOTATION + name, text).endMetadata();
    }

    /** The container of that name, else the first: others are sidecars. */
    private static int application(PodSpec pod, ObjectMeta resource) {
        for (int i = 0; i < pod.getContainers().size(); i++) {
            if (pod.getContainers().get(i).getName().equals(resource.getName())) {
                return i;
            }
        }
        return 0;
    }

    private static Container withVariable(Container container, long grace) {
        ContainerBuilder builder = new ContainerBuilder(container);
        if (!builder.hasMatchingEnv(variable -> GRACE_VARIABLE.equals(variable.getName()))) {
            builder.addToEnv(new EnvVarBuilder().withName(GRACE_VARIABLE).withValue(Long.toString(grace)).build());
        }
        return builder.build();
    }

    private Optional<String> adjustStartup(Container container) {
        Probe probe = container.getStartupProbe();
        if (probe == null || probe.getPeriodSeconds() == null || numbers.keys().isSet("startup-probe", "failure-threshold")) {
            return Optional.empty();
        }
        int period = Math.max(1, probe.getPeriodSeconds());
        int failures = numbers.startFailures(period, probe.getFailureThreshold() == null ? 0 : probe.getFailureThreshold());
        container.setStartupProbe(new ProbeBuilder(probe).withFailureThreshold(failures).build());
        return Optional.of(numbers.startExplained(failures, period));
    }

    /** Readiness is never DOWN by chance: its answer waits for nothing. */
    private void adjustReadiness(Container container) {
        Probe probe = container.getReadinessProbe();
        if (probe == null) {
            return;
        }
        ProbeBuilder builder = new ProbeBuilder(probe);
        if (!numbers.keys().isSet("readiness-probe", "period")) {
            builder.withPeriodSeconds(PodNumbers.READINESS_PERIOD);
        }
        if (!numbers.keys().isSet("readiness-probe", "failure-threshold")) {
            builder.withFailureThreshold(PodNumbers.READINESS_FAILURES);
        }
        container.setReadinessProbe(builder.build());
    }

    @Override
    @SuppressWarnings("unchecked")
    public Class<? extends Decorator>[] after() {
        return new Class[] { ResourceProvidingDecorator.class, ApplyApplicationContainerDecorator.class,
                AddSidecarDecorator.class, AddInitContainerDecorator.class, AbstractAddProbeDecorator.class,
                AddLivenessProbeDecorator.class, AddReadinessProbeDecorator.class, AddStartupProbeDecorator.class,
                AddEnvVarDecorator.class, AddAnnotationDecorator.class };
    }
}
