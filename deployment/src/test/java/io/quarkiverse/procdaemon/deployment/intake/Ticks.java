package io.quarkiverse.procdaemon.deployment.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.SubsystemContext;

/** What fired, by the state of the store; and which executions were in progress when what they need closed. */
@Singleton
public class Ticks {

    /** What always fires. */
    static final List<String> CONTROLS = List.of("@Scheduled of another bean", "job of another bean");

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<String, List<String>> fired = new TreeMap<>();
    /** The schedules, with the subsystem that is to wait for the execution. */
    private final Map<String, String> inProgress = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> closing = new ConcurrentHashMap<>();
    private volatile boolean isHeld;

    /** Called by executions that nothing waits for. */
    void tick(String schedule) {
        tick(schedule, "store", () -> closing("store").await(30, TimeUnit.SECONDS));
    }

    /** Called by executions that the stop of a subsystem waits for. */
    void tick(String schedule, SubsystemContext context) {
        tick(schedule, context.name(), () -> {
            context.await();
            closing(context.name()).await(200, TimeUnit.MILLISECONDS);
        });
    }

    private interface Hold {
        void until() throws InterruptedException;
    }

    private void tick(String schedule, String subsystem, Hold hold) {
        counts.merge(schedule, 1, Integer::sum);
        boolean isFirst = isHeld && inProgress.putIfAbsent(schedule, subsystem) == null;
        synchronized (this) {
            notifyAll();
        }
        if (isFirst) {
            try {
                hold.until();
            } catch (InterruptedException forced) {
                Thread.currentThread().interrupt();
            } finally {
                inProgress.remove(schedule);
            }
        }
    }

    /** Looks what fires within two executions of what always fires. */
    void look(String moment) throws InterruptedException {
        Map<String, Integer> before = new HashMap<>(counts);
        await(() -> CONTROLS.stream().allMatch(
                control -> counts.getOrDefault(control, 0) >= before.getOrDefault(control, 0) + 2));
        counts.forEach((schedule, count) -> {
            if (count > before.getOrDefault(schedule, 0)) {
                fired.computeIfAbsent(schedule, none -> new ArrayList<>()).add(moment);
            }
        });
    }

    /** From now on executions do not end; returns when there is one of each schedule. */
    void hold(int schedules) throws InterruptedException {
        isHeld = true;
        await(() -> inProgress.size() == schedules);
        isHeld = false;
    }

    /** Called by the {@code @OnStop} of a subsystem: prints what it has not waited for. */
    void close(String subsystem) {
        inProgress.forEach((schedule, needed) -> {
            if (needed.equals(subsystem)) {
                System.out.println("unfinished: " + schedule);
            }
        });
        closing(subsystem).countDown();
    }

    private CountDownLatch closing(String subsystem) {
        return closing.computeIfAbsent(subsystem, none -> new CountDownLatch(1));
    }

    private synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("not within 20 s: fired " + counts + ", in progress " + inProgress);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    void print() {
        fired.forEach((schedule, moments) -> System.out.println("fired: " + schedule + ": " + String.join(", ", moments)));
    }
}
