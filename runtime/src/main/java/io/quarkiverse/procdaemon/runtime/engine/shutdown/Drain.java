package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a drain is on, so that no new work begins. What takes work in counts it as in flight first, and only then asks here;
 * who waits for the end reads the counts after {@link #begin()}. So either sees the other: nothing begins that was not counted,
 * however they race. Any thread may call the methods.
 */
public final class Drain {

    /** Odd while it is on. */
    private final AtomicInteger changes = new AtomicInteger();

    /** Whether it is on. */
    public boolean isOn() {
        return isOn(changes.get());
    }

    /** How often it has begun or ended so far. */
    public int changes() {
        return changes.get();
    }

    /** Whether it was on after so many changes. */
    public static boolean isOn(int changes) {
        return (changes & 1) == 1;
    }

    /** From now on it is on; false if it was already. */
    public boolean begin() {
        return change(true);
    }

    /** From now on it is off; false if it was already. */
    public boolean end() {
        return change(false);
    }

    private boolean change(boolean on) {
        for (int now = changes.get(); isOn(now) != on; now = changes.get()) {
            if (changes.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }
}
