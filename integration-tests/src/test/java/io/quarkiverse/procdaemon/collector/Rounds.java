package io.quarkiverse.procdaemon.collector;

import java.util.stream.IntStream;

/** How often a test that depends on chance is repeated: the system property {@code collector.rounds}. */
final class Rounds {

    private Rounds() {
    }

    static int count() {
        return Integer.getInteger("collector.rounds", 3);
    }

    /** By turns clients that wait for answers, and clients that keep all buffers full. */
    static int window(int round) {
        return round % 2 == 0 ? 100 : 1_000_000;
    }

    /** 1 to {@link #count()}. */
    static IntStream all() {
        return IntStream.rangeClosed(1, count());
    }
}
