package io.quarkiverse.procdaemon.runtime.engine.model;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random daemons, to which random things happen, against a {@link Model} written from the contract alone.
 * <p>
 * No property library: what can happen next depends on where the daemon is, so a case is played, not drawn up, and the first
 * steps of a case are a smaller case of the same seed.
 * <ul>
 * <li>{@code -Dmodel.cases=N}: how many of each test (default 500), {@code -Dmodel.first=N}: from which seed on (default 1)
 * <li>{@code -Dmodel.seed=N}: only that one; {@code -Dmodel.nodes=N -Dmodel.steps=N}: no more than that of it
 * <li>{@code -Dmodel.injected.seed=N}: only that one of those in which decisions fail
 * </ul>
 */
class RandomModelTest {

    private static final long SHRINKING = TimeUnit.SECONDS.toNanos(20);

    private static LoggedErrors errors;

    @BeforeAll
    static void watchTheLog() {
        errors = LoggedErrors.watch();
    }

    @AfterAll
    static void leaveTheLog() {
        errors.close();
    }

    @Test
    void theEngineDoesWhatTheModelSays() throws Exception {
        Long seed = Long.getLong("model.seed");
        if (seed != null) {
            play(new Case(seed, Integer.getInteger("model.nodes", Case.MOST_NODES),
                    Integer.getInteger("model.steps", Case.MOST_STEPS)));
            return;
        }
        playAll("model.injected.seed", each -> play(Case.of(each)));
    }

    @Test
    void aDecisionThatFailsEndsTheDaemonInOrder() throws Exception {
        Long seed = Long.getLong("model.injected.seed");
        if (seed != null) {
            playInjected(seed);
        } else {
            playAll("model.seed", RandomModelTest::playInjected);
        }
    }

    /** @param other names the one case of the other test that is to be played alone, if there is any */
    private static void playAll(String other, LongConsumer play) throws Exception {
        long first = Long.getLong("model.first", 1);
        int cases = Long.getLong(other) == null ? Integer.getInteger("model.cases", 500) : 0;
        long end = first + cases;
        AtomicLong next = new AtomicLong(first);
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        ExecutorService players = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(players.submit(() -> {
                    for (long each; (each = next.getAndIncrement()) < end;) {
                        play.accept(each);
                    }
                }));
            }
            for (Future<?> each : all) {
                each.get(300 + cases / 20, TimeUnit.SECONDS);
            }
        } finally {
            next.set(end);
            players.shutdownNow();
        }
    }

    private static void playInjected(long seed) {
        String failure = new Injected(seed).play();
        if (failure != null) {
            fail("A case failed. Play it alone with -Dmodel.injected.seed=%d%n%s", seed, failure);
        }
    }

    private static void play(Case one) {
        String failure = one.play();
        if (failure != null) {
            Case smallest = one;
            long end = System.nanoTime() + SHRINKING;
            for (Case smaller = new Case(one.seed(), 1, 0); !one.isStorm() && System.nanoTime() < end
                    && smaller.nodes() <= one.nodes(); smaller = next(smaller, one)) {
                String same = smaller.play();
                if (same != null) {
                    smallest = smaller;
                    failure = same;
                    break;
                }
            }
            fail("""
                    A case failed. Play it alone with
                      mvn -pl deployment -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=RandomModelTest %s
                    (found as %s)
                    %s""", smallest, one, failure);
        }
    }

    /** A bit larger, steps first. */
    private static Case next(Case small, Case most) {
        return small.steps() < Math.min(most.steps(), 80) ? new Case(small.seed(), small.nodes(), small.steps() + 1)
                : new Case(small.seed(), small.nodes() + 1, 0);
    }
}
