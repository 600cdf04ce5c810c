package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.runtime.messaging.ConsumerMethod;
import io.quarkus.builder.item.SimpleBuildItem;

/** All {@code @Incoming} methods of the application. */
final class ConsumersBuildItem extends SimpleBuildItem {

    private final List<ConsumerMethod> methods;

    ConsumersBuildItem(List<ConsumerMethod> methods) {
        this.methods = methods;
    }

    List<ConsumerMethod> methods() {
        return methods;
    }

    /** The channels that methods of subsystems consume. */
    Set<String> ofSubsystems() {
        return methods.stream().filter(method -> method.subsystem() != null).flatMap(method -> method.channels().stream())
                .collect(Collectors.toSet());
    }
}
