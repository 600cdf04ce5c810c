/**
 * Puts the {@code @Incoming} methods of subsystems behind gates, if Quarkus Messaging is present.
 * <p>
 * May import: {@code discovery}, {@code validation}; of {@code runtime.messaging} only what does without messaging; of SmallRye
 * Reactive Messaging nothing but names.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.messaging;

import org.jspecify.annotations.NullMarked;
