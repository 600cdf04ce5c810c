package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.List;
import java.util.Set;

/** All {@code @Incoming} methods of the application. */
public final class ConsumerMethods {

    private final List<ConsumerMethod> all;

    ConsumerMethods(List<ConsumerMethod> all) {
        this.all = all;
    }

    /**
     * Those that consume exactly these channels. SmallRye says no more of a consumer, so if there are several, each may be
     * meant.
     */
    List<ConsumerMethod> of(List<String> channels) {
        return all.stream().filter(method -> Set.copyOf(method.channels()).equals(Set.copyOf(channels))).toList();
    }
}
