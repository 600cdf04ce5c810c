package io.quarkiverse.procdaemon.runtime.engine.time;

/**
 * For checks that find no sign of life but came late themselves: the process was suspended or got no CPU, and so was the code
 * that they check. Such a check proves nothing and waits once more, at most three times in a row. Confined to one thread at a
 * time.
 */
public final class Excuses {

    private static final int MOST = 3;

    private int inARow;

    /**
     * Whether to wait once more instead of declaring it dead.
     *
     * @param late the delay of the check, in nanoseconds
     * @param window the time in which a sign of life is expected, in nanoseconds
     */
    public boolean accept(long late, long window) {
        return late > window / 4 && inARow++ < MOST;
    }

    /** There was a sign of life. */
    public void alive() {
        inARow = 0;
    }
}
