/**
 * A gate before each {@code @Incoming} method that needs subsystems.
 * <p>
 * Promises: such a method gets messages only while all subsystems that it needs are RUNNING and take work; a message in work is
 * work in flight of each. If the method of a subsystem throws, the subsystem has failed and its message is kept for the next
 * run, unless a failure strategy is configured for the channel. A channel that has ended fails its subsystem for good. Runs on
 * the threads of SmallRye Reactive Messaging and never blocks them. Loaded only if the application has {@code @Incoming}
 * methods. May import: the JDK, CDI, the public API, {@code engine}, {@code config}, Mutiny, SmallRye Reactive Messaging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.messaging;

import org.jspecify.annotations.NullMarked;
