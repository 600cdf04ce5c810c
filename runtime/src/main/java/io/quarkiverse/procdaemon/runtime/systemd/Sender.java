package io.quarkiverse.procdaemon.runtime.systemd;

import java.io.IOException;

/** Sends messages to systemd. One thread at a time. */
interface Sender {

    /** Sends one message; waits until systemd has room for it. */
    void send(byte[] message) throws IOException;

    /** Whether a process of its own sends, which systemd ignores unless the unit has {@code NotifyAccess=all}. */
    default boolean needsAccessForAll() {
        return false;
    }
}
