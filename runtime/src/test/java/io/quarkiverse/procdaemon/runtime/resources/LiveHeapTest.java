package io.quarkiverse.procdaemon.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the collections of this JVM. */
@Tag("any-jdk")
@Timeout(60)
class LiveHeapTest {

    private static final long MANY = 64L << 20;

    @Test
    void countsWhatLivesAndNoGarbage() {
        try (LiveHeap heap = new LiveHeap()) {
            long before = collected(heap);
            List<byte[]> kept = new ArrayList<>();
            for (long left = MANY; left > 0; left -= 1 << 14) {
                kept.add(new byte[1 << 14]);
            }
            assertThat(collected(heap) - before).isBetween(MANY - MANY / 4, MANY + MANY / 4);
            kept.clear();
            assertThat(collected(heap) - before).isLessThan(MANY / 2);
        }
    }

    /** The JVM reports a collection a moment after it. */
    private static long collected(LiveHeap heap) {
        heap.read();
        OptionalLong stale = heap.read();
        System.gc();
        OptionalLong now = stale;
        while (now.isEmpty() || now.equals(stale)) {
            Thread.onSpinWait();
            now = heap.read();
        }
        return now.getAsLong();
    }

    @Test
    void isTheSameUntilTheNextCollection() {
        try (LiveHeap heap = new LiveHeap()) {
            long now = collected(heap);
            heap.close();
            assertThat(heap.read()).hasValue(now);
            assertThat(heap.read()).hasValue(now);
        }
    }
}
