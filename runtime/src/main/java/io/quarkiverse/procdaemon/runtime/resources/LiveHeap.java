package io.quarkiverse.procdaemon.runtime.resources;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

import com.sun.management.GarbageCollectionNotificationInfo;

/**
 * How much of the heap is still in use after a collection: the least after any collection since the last reading. The least,
 * since a collection of the young generation leaves garbage in the old one, which a later collection takes. The usage after the
 * last collection of each pool would be simpler, but G1 updates that of its old generation only when it collects that, which it
 * never does for a heap full of live objects until no memory is left.
 * <p>
 * The JVM calls it on a thread of its own after each collection. Without such calls it reads the usage that each pool had after
 * its last collection.
 */
final class LiveHeap implements NotificationListener, AutoCloseable {

    private static final long NONE = Long.MAX_VALUE;

    private final List<MemoryPoolMXBean> pools = new ArrayList<>();
    private final List<NotificationEmitter> emitters = new ArrayList<>();
    private long least = NONE;
    private long last = NONE;

    LiveHeap() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                pools.add(pool);
            }
        }
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter && sends(emitter)) {
                emitter.addNotificationListener(this, null, null);
                emitters.add(emitter);
            }
        }
    }

    private static boolean sends(NotificationEmitter emitter) {
        return emitter.getNotificationInfo() != null && emitter.getNotificationInfo().length > 0;
    }

    /** Empty if nothing has been collected so far. */
    synchronized OptionalLong read() {
        if (emitters.isEmpty()) {
            return afterLastCollections();
        }
        last = least == NONE ? last : least;
        least = NONE;
        return last == NONE ? OptionalLong.empty() : OptionalLong.of(last);
    }

    private OptionalLong afterLastCollections() {
        long sum = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getCollectionUsage();
            sum += usage == null ? 0 : usage.getUsed();
        }
        return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    @Override
    public void handleNotification(Notification notification, Object handback) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            collected(GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()).getGcInfo()
                    .getMemoryUsageAfterGc());
        }
    }

    synchronized void collected(Map<String, MemoryUsage> after) {
        long sum = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = after.get(pool.getName());
            sum += usage == null ? 0 : usage.getUsed();
        }
        least = Math.min(least, sum);
    }

    @Override
    public void close() {
        for (NotificationEmitter emitter : emitters) {
            try {
                emitter.removeNotificationListener(this);
            } catch (ListenerNotFoundException gone) {
                // It is gone.
            }
        }
    }
}
