package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.quarkiverse.procdaemon.deployment.validation.ProblemBuildItem;
import io.quarkiverse.procdaemon.runtime.messaging.ConsumerMethod;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

class MessagingValidationProcessor {

    private static final String ELSEWHERE = ", or move the method to a bean that is no subsystem";

    @BuildStep
    void check(ConsumersBuildItem consumers, BeanDiscoveryFinishedBuildItem discovery,
            BuildProducer<ProblemBuildItem> problems) {
        Map<Set<String>, ConsumerMethod> first = new HashMap<>();
        for (ConsumerMethod method : consumers.methods()) {
            if (method.subsystem() != null && method.obstacle() != null) {
                problems.produce(new ProblemBuildItem(method.location() + ": no message can be kept from it while subsystem '"
                        + method.subsystem() + "' is not RUNNING, because " + method.obstacle() + ELSEWHERE));
            }
            ConsumerMethod other = first.putIfAbsent(Set.copyOf(method.channels()), method);
            if (other != null && !Objects.equals(other.subsystem(), method.subsystem())) {
                problems.produce(new ProblemBuildItem(method.location() + ": consumes the same channels as " + other.location()
                        + ", which does not belong to the same subsystem, and messages cannot be kept from one of them alone;"
                        + " let one of them send the messages on to a channel of the other's own"));
            }
        }
        Set<String> gated = consumers.ofSubsystems();
        for (InjectionPointInfo point : discovery.getInjectionPoints()) {
            String channel = Emitters.channel(point);
            String strategy = Emitters.losingStrategy(point);
            if (channel != null && strategy != null && gated.contains(channel)) {
                problems.produce(new ProblemBuildItem(point.getTargetInfo().replace('#', '.') + ": @OnOverflow(" + strategy
                        + ") " + (strategy.equals("FAIL") ? "ends" : "loses messages of") + " channel '" + channel
                        + "' while the subsystem that consumes it is not RUNNING; use BUFFER, THROW_EXCEPTION or"
                        + " UNBOUNDED_BUFFER, or move the consumer to a bean that is no subsystem"));
            }
        }
    }
}
