package io.quarkiverse.procdaemon.runtime.engine.time;

/**
 * For checks that find no sign of life but came late themselves: the process was suspended or got no processor, and so did
 * what they wait for. Such a check says nothing and waits once more, three times in a row at most. Confined to one thread at a
 * time.
 */
public final class Excuses {

    private static final int MOST = 3;

    private int inARow;

    /**
     * Whether to wait once more instead of calling it dead.
     *
     * @param late how many nanoseconds after its time the check came
     * @param window for how many a sign of life is waited for
     */
    public boolean accept(long late, long window) {
        return late > window / 4 && inARow++ < MOST;
    }

    /** There was a sign of life. */
    public void alive() {
        inARow = 0;
    }
}
