package io.quarkiverse.procdaemon.runtime.signal;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.DaemonSignal;

/** What signals act on. The methods are called on the thread of a signal, also several at a time, and must only enqueue. */
public interface SignalTarget {

    void shutdown(ShutdownReason.Signal signal, int exitCode);

    /** @param cause what has caused it, in words */
    void reload(String cause);

    /** @param signal the name of the signal */
    void dump(String signal);

    void drain();

    void resume();

    /** Called for every signal, after its action. */
    void received(DaemonSignal signal);
}
