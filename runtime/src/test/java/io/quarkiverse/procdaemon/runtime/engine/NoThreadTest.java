package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemState;

/** The system gives no more threads. */
@Timeout(60)
class NoThreadTest {

    private static final OutOfMemoryError NO_THREAD = new OutOfMemoryError("unable to create native thread");

    private final TestDaemon daemon = new TestDaemon();
    private volatile String refused = "";

    private void refuse(String suffix) {
        refused = suffix;
    }

    private TestDaemon limited() {
        daemon.threadRefusal = name -> {
            if (!refused.isEmpty() && name.endsWith(refused)) {
                throw NO_THREAD;
            }
        };
        return daemon;
    }

    @Test
    void aSubsystemWithoutAThreadHasFailed() {
        limited().add("a").run(context -> context.await());
        daemon.add("b").critical(false).onStart(context -> {
        });
        refuse("b");
        daemon.started();
        daemon.events.await("GaveUp b");
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.info("b").lastFailure().orElseThrow()).matches(
                failure -> failure.type().equals(NO_THREAD.getClass().getName())
                        && failure.message().equals(NO_THREAD.getMessage()),
                "says that there was no thread");
        refuse("");
        daemon.stop();
    }

    @Test
    void aCriticalOneFailsTheStart() {
        limited().add("a").onStart(context -> {
        });
        refuse("a");
        assertThatThrownBy(() -> daemon.engine().start())
                .hasMessageEndingWith("'a' failed: OutOfMemoryError: unable to create native thread");
    }

    @Test
    void promisesAndInterruptsDoWithoutOne() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        limited().add("a").run(context -> never.await());
        daemon.started();
        refuse("proc-daemon-promises");
        TestDaemon.get(daemon.engine().start("a"));
        refuse("a-interrupt");
        CompletableFuture<Void> stop = daemon.engine().stop("a").toCompletableFuture();
        daemon.time.awaitScheduled(1);
        daemon.time.advance(Duration.ofSeconds(5));
        TestDaemon.get(stop);
        daemon.stop();
    }

    @Test
    void eventsAreDeliveredWhenThereAreThreadsAgain() {
        limited().add("a");
        refuse("proc-daemon-events");
        daemon.started();
        assertThat(daemon.events.all()).isEmpty();
        refuse("");
        daemon.stop();
        assertThat(daemon.events.texts()).containsExactly("Waiting a", "Starting a", "Started a", "Stopping a", "Stopped a");
    }
}
