package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemState;

/** Stages that do not keep to the contract of {@link java.util.concurrent.CompletionStage} hold up nobody. */
@Timeout(60)
class LyingStageTest {

    private final TestDaemon daemon = new TestDaemon();

    /** Says twice that it has completed, and is broken after. */
    private static final class Twice extends CompletableFuture<Void> {

        private final Throwable first;
        private final Throwable second;

        Twice(Throwable first, Throwable second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            action.accept(null, first);
            action.accept(null, second);
            throw new IllegalStateException("and broken");
        }
    }

    @Test
    void theFirstCompletionOfAStartCounts() {
        daemon.add("a").onStartAsync(context -> new Twice(null, new IllegalStateException("too late")))
                .run(ShutdownHandle::await);
        daemon.add("b", "a").run(ShutdownHandle::await);
        daemon.started();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
        assertThat(daemon.info("a").failures()).isZero();
    }

    @Test
    void theFirstCompletionOfABodyCounts() {
        daemon.add("a").runAsync(context -> new Twice(new IllegalStateException("broken"), null)).critical(false);
        daemon.add("b").run(ShutdownHandle::await);
        daemon.started();
        daemon.events.await("GaveUp a");
        daemon.stop();
        assertThat(daemon.info("a").failures()).isEqualTo(1);
        assertThat(daemon.failure("a")).isEqualTo("IllegalStateException: broken");
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.STOPPED);
    }
}
