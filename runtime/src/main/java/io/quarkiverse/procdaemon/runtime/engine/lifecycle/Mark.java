package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

/**
 * A moment, set once, whose state of affairs is kept: each lifecycle remembers the status it had when it changes for the first
 * time after it. So to set it costs nothing, however many there are. Confined to the mailbox.
 */
public final class Mark {

    private boolean set;

    /** The moment is now. */
    public void set() {
        set = true;
    }

    boolean isSet() {
        return set;
    }
}
