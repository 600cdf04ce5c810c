package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;

/** A daemon that is asked about a change, and what its subsystems were asked. */
final class Asking {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final ConfigChange CHANGE = new Named("change");
    static final ConfigChange INVERSE = new Named("inverse");
    /** What is to be done at once when all have agreed. */
    static final Runnable NOTHING = () -> {
    };

    private record Named(String name) implements ConfigChange {

        @Override
        public Set<String> changed() {
            return Set.of();
        }

        @Override
        public boolean affects(String prefix) {
            return true;
        }

        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public <T> T previous(Class<T> mapping) {
            throw new IllegalArgumentException();
        }

        @Override
        public <T> T next(Class<T> mapping) {
            throw new IllegalArgumentException();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    final TestDaemon daemon = new TestDaemon();
    /** Each call as {@code a change}. */
    final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    final AtomicInteger commits = new AtomicInteger();

    /** Agrees at once. */
    TestDaemon.Part add(String name, String... dependsOn) {
        return add(name, change -> null, dependsOn);
    }

    TestDaemon.Part add(String name, ReloadCode reaction, String... dependsOn) {
        return daemon.add(name, dependsOn).onReload(change -> {
            calls.add(name + " " + change);
            return reaction.react(change);
        });
    }

    /** Throws if asked about the change, and not if it is turned round. */
    static ReloadCode vetoing(Throwable veto) {
        return change -> {
            if (change == CHANGE) {
                throw veto;
            }
            return null;
        };
    }

    CompletionStage<List<String>> ask() {
        return ask(name -> true);
    }

    CompletionStage<List<String>> ask(Predicate<String> affected) {
        return daemon.ask(affected, PATIENCE, CHANGE, INVERSE, commits::incrementAndGet);
    }

    /** An {@code onReload} that takes its time, until it is let go. */
    static final class Slow implements ReloadCode {

        private final boolean stubborn;
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        /** @param stubborn whether it ignores its interrupt */
        Slow(boolean stubborn) {
            this.stubborn = stubborn;
        }

        @Override
        public CompletionStage<?> react(ConfigChange change) throws InterruptedException {
            asked.countDown();
            try {
                letGo.await();
            } catch (InterruptedException early) {
                interrupted.countDown();
                if (!stubborn) {
                    throw early;
                }
                TestDaemon.ignoringInterrupts(letGo);
            } finally {
                ended.countDown();
            }
            return null;
        }

        void letGo() {
            letGo.countDown();
        }

        Slow awaitAsked() throws InterruptedException {
            assertThat(asked.await(20, TimeUnit.SECONDS)).as("asked").isTrue();
            return this;
        }

        void awaitInterrupted() throws InterruptedException {
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).as("interrupted").isTrue();
        }

        boolean isInterrupted() {
            return interrupted.getCount() == 0;
        }

        boolean hasEnded() {
            return ended.getCount() == 0;
        }
    }
}
