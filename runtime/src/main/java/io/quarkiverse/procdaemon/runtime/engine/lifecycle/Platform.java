package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import io.quarkiverse.procdaemon.runtime.engine.thread.Threads;
import io.quarkiverse.procdaemon.runtime.engine.time.Ticker;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * What the engine runs on.
 *
 * @param ticker tells the time
 * @param timer wakes up later
 * @param threads run the code of subsystems
 */
public record Platform(Ticker ticker, Timer timer, Threads threads) {
}
