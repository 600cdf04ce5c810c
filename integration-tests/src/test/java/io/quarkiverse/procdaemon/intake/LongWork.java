package io.quarkiverse.procdaemon.intake;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.ShutdownHandle;

/**
 * One piece of work for each way in that is in progress when the shutdown begins. It ends when the store closes, which shows
 * that nothing waited for it, or soon after something could have begun to wait for it.
 */
@Singleton
class LongWork {

    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch storeCloses = new CountDownLatch(1);
    private volatile boolean isWanted;

    /** Begins it in every way; returns when all of it is in progress. */
    void begin(List<WayIn> ways) throws InterruptedException {
        isWanted = true;
        for (WayIn way : ways) {
            new Thread(() -> admit(way), "sends " + way.name()).start();
        }
        while (inProgress.size() < ways.size()) {
            stopping.await(10, MILLISECONDS);
        }
        isWanted = false;
        stopping.countDown();
    }

    private static void admit(WayIn way) {
        try {
            way.admits();
        } catch (Exception cutOff) {
            // The process has ended before the answer.
        }
    }

    /** Called by the code that handles work that nothing waits for. */
    void unawaited(String way) {
        hold(way, 30_000);
    }

    /**
     * Called by the code that handles work that the shutdown waits for before the subsystems stop.
     *
     * @param most how long it takes; each takes longer than others that the shutdown waits for
     */
    void ofServer(String way, long most) {
        hold(way, most);
    }

    /** Called by the code that handles work of a subsystem. */
    void ofSubsystem(String way, ShutdownHandle shutdown) {
        try {
            if (isWanted) {
                inProgress.add(way);
                shutdown.await();
                hold(way, 200);
            }
        } catch (InterruptedException forced) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold(String way, long most) {
        if (!isWanted && !inProgress.contains(way)) {
            return;
        }
        inProgress.add(way);
        try {
            if (stopping.await(20, SECONDS)) {
                storeCloses.await(most, MILLISECONDS);
            }
        } catch (InterruptedException forced) {
            Thread.currentThread().interrupt();
        } finally {
            inProgress.remove(way);
        }
    }

    /** Called when the store closes; returns what was still in progress. */
    Set<String> close() {
        Set<String> unfinished = new TreeSet<>(inProgress);
        storeCloses.countDown();
        return unfinished;
    }
}
