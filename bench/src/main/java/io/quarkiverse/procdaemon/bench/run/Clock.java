package io.quarkiverse.procdaemon.bench.run;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The time used since this was made, in front of every line. */
public final class Clock {

    private final long began = System.nanoTime();

    /** Prints a line. */
    public void print(String line) {
        System.out.println("[" + text(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 1e3) + "] " + line);
    }

    /** Minutes and seconds. */
    public static String text(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%02d:%02d", whole / 60, whole % 60);
    }
}
