package io.quarkiverse.procdaemon.runtime.engine.run;

import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * What the engine runs on.
 *
 * @param clock tells the time
 * @param threads run the code of subsystems
 * @param lone makes timers, by the names of their threads, for a single task each that nothing must hold up
 * @param mask takes the secrets out of what others say; returns the text itself if there is none in it; any thread calls it
 */
public record Platform(Clock clock, Threads threads, Function<String, Timer> lone, UnaryOperator<String> mask) {

    /** Where no text holds a secret. */
    public Platform(Clock clock, Threads threads, Function<String, Timer> lone) {
        this(clock, threads, lone, UnaryOperator.identity());
    }

    /** The same with secrets. */
    public Platform masking(UnaryOperator<String> secrets) {
        return new Platform(clock, threads, lone, secrets);
    }
}
