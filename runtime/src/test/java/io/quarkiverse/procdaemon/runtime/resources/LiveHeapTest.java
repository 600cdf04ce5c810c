package io.quarkiverse.procdaemon.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            assertThat(Thread.currentThread().isInterrupted()).as("timed out").isFalse();
            Thread.onSpinWait();
            now = heap.read();
        }
        return now.getAsLong();
    }

    /** The JVM says what is in use in each pool, those included that are no heap. */
    private static Map<String, MemoryUsage> after(long heap) {
        Map<String, MemoryUsage> usage = new HashMap<>();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            long used = pool.getType() == MemoryType.HEAP ? heap : 1 << 20;
            usage.put(pool.getName(), new MemoryUsage(0, used, used, -1));
        }
        return usage;
    }

    @Test
    void isTheLeastAfterAnyCollectionSinceTheLastReading() {
        long pools = ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .count();
        LiveHeap heap = new LiveHeap();
        heap.close();
        heap.read();
        heap.collected(after(30));
        heap.collected(after(10));
        heap.collected(after(20));
        assertThat(heap.read()).hasValue(10 * pools);
        heap.collected(after(40));
        assertThat(heap.read()).hasValue(40 * pools);
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
