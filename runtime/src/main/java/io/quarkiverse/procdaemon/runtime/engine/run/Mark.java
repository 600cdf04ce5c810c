package io.quarkiverse.procdaemon.runtime.engine.run;

/**
 * A moment whose state of affairs is kept: each lifecycle remembers the status it had when it changes for the first
 * time after it. So to set it costs nothing, however many there are. Confined to the event loop.
 */
public final class Mark {

    private boolean set;

    /** The moment is now. */
    public void set() {
        set = true;
    }

    /** The moment is yet to come. */
    public void clear() {
        set = false;
    }

    boolean isSet() {
        return set;
    }
}
