package io.quarkiverse.procdaemon.intake;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.SubsystemContext;

/**
 * One piece of work for each way in that is in progress when the shutdown begins. It ends when the subsystem that it needs
 * closes, which shows that nothing waited for it, or soon after something could have begun to wait for it.
 */
@Singleton
class LongWork {

    private static final String STORE = "store";

    /** The ways in, with the subsystem that is to wait for the work. */
    private final Map<String, String> inProgress = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> closing = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
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
        hold(way, STORE, () -> closing(STORE).await(30, SECONDS));
    }

    /** Called by the code that handles work that the shutdown waits for before the subsystems stop. */
    void ofServer(String way) {
        hold(way, STORE, () -> {
            stopping.await();
            closing(STORE).await(1, SECONDS);
        });
    }

    /** Called by the code that handles work that the stop of a subsystem waits for. */
    void ofSubsystem(String way, SubsystemContext context) {
        hold(way, context.name(), () -> {
            context.await();
            closing(context.name()).await(200, MILLISECONDS);
        });
    }

    /** Called by the {@code @OnStop} of a subsystem: prints what it has not waited for. */
    void close(String subsystem) {
        if (stopping.getCount() > 0) {
            return;
        }
        inProgress.forEach((way, needed) -> {
            if (needed.equals(subsystem)) {
                System.out.println("unfinished: " + way);
            }
        });
        closing(subsystem).countDown();
    }

    private interface Wait {
        void await() throws InterruptedException;
    }

    private void hold(String way, String subsystem, Wait wait) {
        if (isWanted && inProgress.putIfAbsent(way, subsystem) == null) {
            try {
                wait.await();
            } catch (InterruptedException forced) {
                Thread.currentThread().interrupt();
            } finally {
                inProgress.remove(way);
            }
        }
    }

    private CountDownLatch closing(String subsystem) {
        return closing.computeIfAbsent(subsystem, none -> new CountDownLatch(1));
    }
}
