package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** A reload restarts those that read a changed key when they start, and what depends on them; nobody else. */
@Timeout(60)
class RestartOnTest {

    private final TestDaemon daemon = new TestDaemon();
    private final AtomicInteger commits = new AtomicInteger();

    private CompletionStage<List<String>> change(String... keys) {
        return daemon.ask(name -> true, Duration.ofSeconds(10), new Changed(Set.of(keys)), new Changed(Set.of(keys)),
                commits::incrementAndGet);
    }

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).run(context -> context.await()).restart(restart -> restart);
    }

    private long generation(String name) {
        return daemon.info(name).generation();
    }

    @Test
    void itAndItsDependentsAreRestartedInOrderAndNobodyElse() {
        add("base");
        add("gateway", "base").restartOn("gateway.port", "gateway.host");
        add("above", "gateway");
        add("top", "above");
        add("beside", "base");
        daemon.started();
        assertThat(TestDaemon.get(change("gateway.port"))).containsExactly("gateway", "above", "top");
        daemon.events.await("Started top", 2);
        assertThat(daemon.events.texts(SubsystemEvent.Stopping.class, SubsystemEvent.Started.class).stream().skip(5))
                .containsExactly("Stopping top", "Stopping above", "Stopping gateway", "Started gateway", "Started above",
                        "Started top");
        assertThat(List.of(generation("base"), generation("beside"))).containsExactly(1L, 1L);
        assertThat(daemon.events.all().stream().filter(SubsystemEvent.Stopping.class::isInstance)
                .map(event -> ((SubsystemEvent.Stopping) event).reason())).containsExactly(
                        new ShutdownReason.DependencyLost("gateway"), new ShutdownReason.DependencyLost("gateway"),
                        new ShutdownReason.Restart());
        assertThat(daemon.info("gateway").restarts()).as("restarts after a failure").isZero();
        daemon.stop();
    }

    @Test
    void anotherKeyRestartsNobody() {
        add("gateway").restartOn("gateway.port");
        daemon.started();
        assertThat(TestDaemon.get(change("gateway"))).isEmpty();
        assertThat(generation("gateway")).isEqualTo(1);
        daemon.stop();
    }

    @Test
    void itIsRestartedAfterTheCommitAndNotIfAnotherVetoes() {
        add("gateway").restartOn("port").onStop(context -> assertThat(commits).hasValue(1));
        daemon.add("veto").onReload(change -> {
            if (change.changed().contains("vetoed")) {
                throw new IllegalStateException("no");
            }
            return null;
        });
        daemon.started();
        CompletionStage<List<String>> vetoed = change("port", "vetoed");
        assertThatThrownBy(() -> TestDaemon.get(vetoed)).isInstanceOf(SubsystemException.class).hasMessageContaining("no");
        assertThat(daemon.info("gateway").state()).isEqualTo(SubsystemState.RUNNING);
        assertThat(generation("gateway")).isEqualTo(1);
        assertThat(TestDaemon.get(change("port"))).containsExactly("gateway");
        daemon.events.await("Started gateway", 2);
        assertThat(daemon.events.texts()).as("its clean-up saw the commit").doesNotContain("Failed gateway");
        daemon.stop();
    }

    @Test
    void itsOwnVetoCountsToo() {
        add("gateway").restartOn("port").onReload(change -> {
            throw new IllegalStateException("port is taken");
        });
        daemon.started();
        CompletionStage<List<String>> vetoed = change("port");
        assertThatThrownBy(() -> TestDaemon.get(vetoed)).hasMessageContaining("port is taken");
        assertThat(generation("gateway")).isEqualTo(1);
        daemon.stop();
    }

    @Test
    void dependentsMayStay() {
        add("gateway").restartOn("port").settings(settings -> settings.withStopsDependents(false));
        add("above", "gateway");
        daemon.started();
        assertThat(TestDaemon.get(change("port"))).containsExactly("gateway");
        daemon.events.await("Started gateway", 2);
        assertThat(generation("above")).isEqualTo(1);
        daemon.stop();
    }

    @Test
    void severalAreRestartedTogether() {
        add("a").restartOn("x");
        add("b", "a").restartOn("x");
        add("c", "b").restartOn("x");
        daemon.started();
        assertThat(TestDaemon.get(change("x"))).containsExactly("a", "b", "c");
        daemon.events.await("Started c", 2);
        daemon.awaitLoop();
        assertThat(List.of(generation("a"), generation("b"), generation("c"))).containsExactly(2L, 2L, 2L);
        daemon.stop();
    }

    @Test
    void oneThatWaitsForItsBackOffStartsAtOnceAndOneThatFailedForGoodDoesToo() throws Exception {
        SynchronousQueue<Exception> end = new SynchronousQueue<>();
        for (String name : List.of("a", "b")) {
            daemon.add(name).run(context -> {
                context.onShutdown(Thread.currentThread()::interrupt);
                throw end.take();
            }).critical(false).restart(restart -> restart.withPolicy(name.equals("a") ? RestartPolicy.ON_FAILURE
                    : RestartPolicy.NEVER)).restartOn("x");
        }
        daemon.started();
        for (int i = 0; i < 2; i++) {
            assertThat(end.offer(new IOException(), 20, TimeUnit.SECONDS)).isTrue();
        }
        daemon.events.await("Restarting a");
        daemon.events.await("GaveUp b");
        assertThat(TestDaemon.get(change("x"))).containsExactly("a", "b");
        daemon.events.await("Started a", 2);
        daemon.events.await("Started b", 2);
        daemon.stop();
    }

    @Test
    void whatWasStoppedOrHasReturnedStaysDown() {
        add("stopped").restartOn("x");
        daemon.add("returned").run(context -> {
        }).restart(restart -> restart).restartOn("x");
        daemon.started();
        daemon.events.await("Stopped returned");
        TestDaemon.get(daemon.engine().stop("stopped"));
        assertThat(TestDaemon.get(change("x"))).isEmpty();
        assertThat(daemon.state("stopped")).isEqualTo(SubsystemState.STOPPED);
        assertThat(daemon.state("returned")).isEqualTo(SubsystemState.STOPPED);
        daemon.stop();
    }

    @Test
    void oneThatStartsMayHaveReadTheOldValueAndStartsAgain() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        daemon.add("a").onStart(context -> {
            if (context.generation() == 2) {
                reads.countDown();
                context.await();
            }
        }).run(context -> context.await()).restart(restart -> restart).restartOn("x");
        daemon.started();
        daemon.engine().restart("a");
        assertThat(reads.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(TestDaemon.get(change("x"))).containsExactly("a");
        daemon.events.await("Started a", 2);
        assertThat(generation("a")).isEqualTo(3);
        daemon.stop();
    }

    @Test
    void aRestartThatFailsIsAnOrdinaryFailure() {
        AtomicInteger starts = new AtomicInteger();
        daemon.add("a").onStart(context -> {
            if (starts.incrementAndGet() == 2) {
                throw new IOException("port is taken");
            }
        }).run(context -> context.await()).restart(restart -> restart).restartOn("x");
        daemon.started();
        assertThat(TestDaemon.get(change("x"))).containsExactly("a");
        daemon.events.await("Restarting a");
        assertThat(commits).as("the configuration stays").hasValue(1);
        daemon.awaitLoop();
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        daemon.stop();
    }

    @Test
    void aRestartLeavesTheOthersTheirBudget() throws Exception {
        SynchronousQueue<Exception> end = new SynchronousQueue<>();
        daemon.add("below").run(context -> context.await()).restart(restart -> restart).restartOn("x");
        daemon.add("a", "below").run(context -> {
            context.onShutdown(Thread.currentThread()::interrupt);
            throw end.take();
        }).restart(restart -> restart);
        daemon.started();
        assertThat(end.offer(new IOException(), 20, TimeUnit.SECONDS)).isTrue();
        daemon.events.await("Restarting a");
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("Started a", 2);
        assertThat(daemon.info("a").restartsLeft()).hasValue(9);
        TestDaemon.get(change("x"));
        daemon.events.await("Started a", 3);
        assertThat(daemon.info("a").restartsLeft()).hasValue(9);
        daemon.stop();
    }
}
