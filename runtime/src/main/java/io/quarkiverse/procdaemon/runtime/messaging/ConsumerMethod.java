package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An {@code @Incoming} method, as the build found it.
 *
 * @param channels the channels that it consumes, in the order declared
 * @param type the class of its bean
 * @param name the name of the method
 * @param subsystem the name of the subsystem to whose bean it belongs; null if it belongs to another bean
 * @param replaced whether another bean is that subsystem, such as a {@code @Mock}, so that this one never runs
 * @param acknowledged whether the end of its work on a message is the message's acknowledgment; if not, it is its demand for
 *        the next one
 * @param obstacle why no message can be kept from it, null if it can
 */
public record ConsumerMethod(List<String> channels, String type, String name, @Nullable String subsystem, boolean replaced,
        boolean acknowledged,
        @Nullable String obstacle) {

    /** Where it is, for messages. */
    public String location() {
        return type + "." + name;
    }
}
