package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.OutageSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.SystemThreads;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ProcessControl;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;
import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.LoneTimer;

/**
 * Sixteen threads read while subsystems crash, return, lose what they need and change their health, on the real clock and real
 * threads: what they get is consistent in itself. {@code -Dinfo.rounds=N} says how many daemons (default 5), each with
 * {@code -Dinfo.flaps=N} runs of each subsystem (default 30).
 */
class ConsistentInfoTest {

    private static final int ROUNDS = Integer.getInteger("info.rounds", 5);
    private static final int FLAPS = Integer.getInteger("info.flaps", 30);
    private static final int READERS = 16;
    private static final List<String> ORDER = List.of("crashing", "returning", "outage", "both", "top");

    private static SubsystemSettings settings(RestartPolicy policy) {
        RestartSettings restart = new RestartSettings(policy, Duration.ZERO, Duration.ZERO, 1, 0, RestartSettings.UNLIMITED,
                Duration.ofMinutes(5), Duration.ofHours(1), true, new OutageSettings(OutageSettings.DEFAULT.types(), true));
        return SubsystemSettings.DEFAULT.withRestart(before -> restart)
                .withHealth(before -> new HealthSettings(Duration.ofMillis(1), Duration.ofSeconds(20), 1, false));
    }

    private record End(CountDownLatch flapped) {

        SubsystemSpec subsystem(String name, RestartPolicy policy, List<String> dependsOn, Behavior.PhaseCode last) {
            AtomicInteger probes = new AtomicInteger();
            return new SubsystemSpec(name, dependsOn, new Behavior(null, context -> {
                if (context.generation() > FLAPS) {
                    flapped.countDown();
                    context.await();
                    return null;
                }
                return last.perform(context);
            }, null, () -> CompletableFuture.completedFuture(probes.incrementAndGet() % 2 == 0)), settings(policy));
        }
    }

    private static Engine engine(CountDownLatch flapped) {
        End end = new End(flapped);
        return new Engine(
                new EngineOptions("test", ShutdownTimeouts.DEFAULT,
                        new Platform(Clock.SYSTEM, new SystemThreads(), LoneTimer::new), () -> 0,
                        (name, restart, critical) -> () -> SubsystemSettings.DEFAULT, List.of(), ProcessControl.NONE,
                        Optional.empty()),
                List.of(end.subsystem("crashing", RestartPolicy.ON_FAILURE, List.of(), context -> {
                    throw new IllegalStateException("crash " + context.generation());
                }), end.subsystem("returning", RestartPolicy.ALWAYS, List.of(), context -> null),
                        end.subsystem("outage", RestartPolicy.ON_FAILURE, List.of(), context -> {
                            throw new ConnectException("crash " + context.generation());
                        }),
                        new SubsystemSpec("both", List.of("crashing", "outage"), new Behavior(null, null, null, null),
                                settings(RestartPolicy.ON_FAILURE)),
                        new SubsystemSpec("top", List.of("both", "returning"), new Behavior(null, null, null, null),
                                settings(RestartPolicy.ON_FAILURE))));
    }

    @Test
    @Timeout(1_200)
    void isReadUnderSixteenThreads() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            CountDownLatch flapped = new CountDownLatch(3);
            Engine engine = engine(flapped);
            List<CompletableFuture<Long>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                CompletableFuture<Long> reader = new CompletableFuture<>();
                readers.add(reader);
                new Thread(() -> {
                    try {
                        reader.complete(new Reader(engine).readUntil(flapped));
                    } catch (Throwable wrong) {
                        reader.completeExceptionally(wrong);
                    }
                }, "reader-" + i).start();
            }
            engine.start();
            try {
                assertThat(flapped.await(300, TimeUnit.SECONDS)).as("all have flapped").isTrue();
                for (CompletableFuture<Long> reader : readers) {
                    assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
                }
            } finally {
                while (flapped.getCount() > 0) {
                    flapped.countDown();
                }
                engine.stop(TestDaemon.REASON);
                engine.loop().close();
            }
        }
    }

    /** Reads, and compares with what it has read before. */
    private static final class Reader {

        private final Engine engine;
        private final Map<String, SubsystemInfo> before = new HashMap<>();

        Reader(Engine engine) {
            this.engine = engine;
        }

        long readUntil(CountDownLatch end) {
            long reads = 0;
            boolean last;
            do {
                last = end.getCount() == 0;
                List<SubsystemInfo> all = engine.subsystems();
                if (!all.stream().map(SubsystemInfo::name).toList().containsAll(ORDER) || all.size() != ORDER.size()
                        || !isAfterItsDependencies(all)) {
                    throw new AssertionError("not in start order: " + all);
                }
                for (SubsystemInfo info : all) {
                    check(info);
                }
                for (String name : ORDER) {
                    check(engine.subsystem(name).orElseThrow());
                }
                reads++;
            } while (!last);
            return reads;
        }

        private static boolean isAfterItsDependencies(List<SubsystemInfo> all) {
            List<String> seen = new ArrayList<>();
            for (SubsystemInfo info : all) {
                if (!seen.containsAll(info.dependsOn())) {
                    return false;
                }
                seen.add(info.name());
            }
            return true;
        }

        private void check(SubsystemInfo info) {
            SubsystemState state = info.state();
            require(info, (state == SubsystemState.RESTARTING) == info.nextAttempt().isPresent(), "nextAttempt in RESTARTING");
            require(info, info.nextAttempt().isEmpty() || !info.nextAttempt().get().isBefore(info.since()),
                    "nextAttempt later");
            require(info, info.failures() > 0 == info.lastFailure().isPresent(), "lastFailure if there are failures");
            require(info, info.restarts() <= info.generation(), "a run before each restart");
            require(info, info.failures() <= info.generation(), "a run before each failure");
            require(info, info.restartsLeft().isEmpty(), "no limit of restarts");
            require(info, info.healthy() || info.generation() > 0, "healthy before the first run");
            require(info, info.healthy() || state != SubsystemState.STARTING, "healthy at the start");
            require(info, info.inFlight() == 0, "nothing in flight");
            if (info.lastFailure().isPresent()) {
                long failed = info.lastFailure().get().generation();
                require(info, info.lastFailure().get().message().equals("crash " + failed), "the failure of that generation");
                require(info, failed <= info.generation() && failed == info.failures(), "as many failures as failed runs");
                require(info, state != SubsystemState.RESTARTING || failed == info.generation(), "that of the last run");
            }
            if (state == SubsystemState.WAITING) {
                require(info, info.dependsOn().containsAll(info.waitingFor()), "waits for its dependencies only");
                for (String dependency : info.dependsOn()) {
                    require(info, info.reason().orElse("").contains("waits for '" + dependency + "'") == info.waitingFor()
                            .contains(dependency), "names and reason agree about " + dependency);
                }
            } else {
                require(info, info.waitingFor().isEmpty(), "only WAITING ones wait");
                boolean must = state == SubsystemState.RESTARTING || state == SubsystemState.FAILED;
                boolean may = info.name().equals("outage") && info.failures() > 0;
                require(info, info.reason().isPresent() ? must || may : !must, "a reason if there is something to say");
                require(info, info.reason().isEmpty() || info.lastFailure().isEmpty()
                        || info.reason().get().endsWith(info.lastFailure().get().message()), "the reason is the failure");
            }
            compare(info, before.put(info.name(), info));
        }

        private static void compare(SubsystemInfo info, SubsystemInfo earlier) {
            require(info, earlier == null || earlier.generation() <= info.generation() && earlier.restarts() <= info.restarts()
                    && earlier.failures() <= info.failures() && !earlier.since().isAfter(info.since()),
                    "nothing goes back; before: " + earlier);
            require(info, earlier == null || earlier.generation() != info.generation() || earlier.state() != info.state()
                    || earlier.since().equals(info.since()), "one moment for each state of a run; before: " + earlier);
        }

        private static void require(SubsystemInfo info, boolean condition, String what) {
            if (!condition) {
                throw new AssertionError("expected: " + what + "; read: " + info);
            }
        }
    }
}
