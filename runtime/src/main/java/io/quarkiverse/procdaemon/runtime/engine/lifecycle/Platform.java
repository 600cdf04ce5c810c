package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.util.function.Function;

import io.quarkiverse.procdaemon.runtime.engine.thread.Threads;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * What the engine runs on.
 *
 * @param ticker tells the time
 * @param timer wakes up later
 * @param threads run the code of subsystems
 * @param lone makes timers, by the names of their threads, for a single task each that nothing must hold up
 */
public record Platform(Ticker ticker, Timer timer, Threads threads, Function<String, Timer> lone) {

    /** With lone timers of the system. */
    public Platform(Ticker ticker, Timer timer, Threads threads) {
        this(ticker, timer, threads, LoneTimer::new);
    }
}
