package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.EventLog;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.OutageSettings;

/**
 * When something outside of the daemon is unavailable, a subsystem waits for it with its back-off and is not charged for that.
 */
@Timeout(60)
class OutageTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Exception REFUSED = new ConnectException("Connection refused");

    private final TestDaemon daemon = new TestDaemon();
    /** How a body is to end. */
    private final SynchronousQueue<Exception> end = new SynchronousQueue<>();
    /** Thrown by the start; null: it succeeds. */
    private volatile Exception startFailure;

    private TestDaemon.Part add(String name, String... dependsOn) {
        return daemon.add(name, dependsOn).onStart(context -> {
            if (startFailure != null) {
                throw startFailure;
            }
        }).run(context -> {
            context.onShutdown(Thread.currentThread()::interrupt);
            throw end.take();
        }).restart(restart -> restart);
    }

    private void crash(Exception how) throws InterruptedException {
        assertThat(end.offer(how, 20, TimeUnit.SECONDS)).as("a body took it").isTrue();
    }

    private List<String> outages() {
        return daemon.events.texts(SubsystemEvent.OutageBegan.class, SubsystemEvent.OutageEnded.class);
    }

    private void nextStart(int starts) {
        daemon.awaitLoop();
        daemon.time.advance(Duration.between(daemon.time.now(), daemon.info("a").nextAttempt().orElseThrow()));
        daemon.events.await("Started a", starts);
    }

    /** Until it has failed again, with the longest back-off. */
    private void nextAttempt(int failures) {
        daemon.time.advance(Duration.ofSeconds(30));
        daemon.events.await("Restarting a", failures);
    }

    @Test
    void tenMinutesOfOutageCostNothingAndMakeFewLines() throws Exception {
        add("a");
        daemon.add("above", "a").run(context -> context.await());
        daemon.listeners.add(new EventLog());
        try (LogCapture log = new LogCapture("io.quarkiverse.procdaemon")) {
            daemon.started();
            daemon.time.advance(MINUTE);
            startFailure = REFUSED;
            crash(new IOException("lost", REFUSED));
            int failures = 0;
            while (daemon.events.all().stream().noneMatch(event -> event instanceof SubsystemEvent.Failed failed
                    && failed.outage() && failed.at().isAfter(daemon.time.now().minusMillis(1))
                    && Duration.between(began(), failed.at()).compareTo(Duration.ofMinutes(10)) >= 0)) {
                daemon.events.await("Restarting a", ++failures);
                daemon.awaitLoop();
                daemon.time.advance(Duration.between(daemon.time.now(), daemon.info("a").nextAttempt().orElseThrow()));
                daemon.events.await("Failed a", failures + 1);
            }
            daemon.events.await("Restarting a", failures + 1);
            assertThat(failures).as("attempts in ten minutes").isBetween(20, 40);
            SubsystemInfo info = daemon.info("a");
            assertThat(info.restartsLeft()).hasValue(10);
            assertThat(info.state()).isEqualTo(SubsystemState.RESTARTING);
            assertThat(info.reason().orElseThrow()).matches(
                    "what it needs has been unavailable for 1\\dm[\\d.]*s?: ConnectException: Connection refused");
            assertThat(daemon.info("above").reason().orElseThrow())
                    .startsWith("waits for 'a', which is RESTARTING: what it needs has been unavailable for 1");
            startFailure = null;
            daemon.time.advance(Duration.between(daemon.time.now(), info.nextAttempt().orElseThrow()));
            daemon.events.await("Started above", 2);
            assertThat(daemon.info("a").reason()).as("not proven").isPresent();
            daemon.time.advance(Duration.ofSeconds(1));
            daemon.events.await("OutageEnded a");
            assertThat(daemon.info("a").reason()).isEmpty();
            daemon.stop();
            List<String> shown = log.lines().stream().filter(line -> !line.startsWith("DEBUG"))
                    .dropWhile(line -> !line.contains("unavailable"))
                    .takeWhile(line -> !line.contains("shutting down")).toList();
            assertThat(shown).hasSizeLessThanOrEqualTo(20);
            assertThat(shown.get(0))
                    .isEqualTo("WARN a#1: what it needs is unavailable (IOException: lost); it is tried again with"
                            + " back-off until it is available, which does not use up its restarts");
            assertThat(shown.get(1))
                    .matches("WARN a#\\d+: what it needs has been unavailable for 1\\.\\d+s \\(\\d attempts\\): "
                            + "ConnectException: Connection refused");
            assertThat(shown.get(shown.size() - 1)).matches("INFO a#\\d+: what it needs is available again after 1\\dm[\\d.]*s?"
                    + " \\(\\d+ attempts\\); its dependents start again");
        }
        assertThat(outages()).containsExactly("OutageBegan a", "OutageEnded a");
    }

    private Instant began() {
        return daemon.events.all().stream().filter(SubsystemEvent.OutageBegan.class::isInstance).findFirst()
                .map(SubsystemEvent::at).orElse(daemon.time.now());
    }

    @Test
    void itIsKnownBeforeTheFailureThatShowsIt() throws Exception {
        add("a");
        daemon.started();
        daemon.time.advance(MINUTE);
        crash(new UnavailableException("no sink"));
        daemon.events.await("Restarting a");
        assertThat(daemon.events.texts()).containsSubsequence("OutageBegan a", "Failed a", "Restarting a");
        SubsystemEvent.OutageBegan began = (SubsystemEvent.OutageBegan) daemon.events.all().stream()
                .filter(SubsystemEvent.OutageBegan.class::isInstance).findFirst().orElseThrow();
        assertThat(began.reason()).isEqualTo("UnavailableException: no sink");
        daemon.stop();
        assertThat(outages()).as("stopped").containsExactly("OutageBegan a", "OutageEnded a");
    }

    @Test
    void beforeTheFirstStableRunItIsAFailureLikeAnyOther() throws Exception {
        add("a").restart(restart -> restart.withBudget(1, MINUTE));
        daemon.started();
        crash(REFUSED);
        daemon.events.await("Restarting a");
        daemon.time.advance(Duration.ofMillis(100));
        daemon.events.await("Started a", 2);
        crash(REFUSED);
        daemon.events.await("GaveUp a");
        assertThat(outages()).isEmpty();
        assertThat(daemon.info("a").reason()).contains("ConnectException: Connection refused");
        daemon.stop();
    }

    @Test
    void aStartWaitsIfItIsToldTo() throws Exception {
        add("a").restart(restart -> restart.withBudget(0, MINUTE)
                .withOutages(new OutageSettings(OutageSettings.DEFAULT.types(), true)))
                .settings(settings -> settings.withStartTimeout(MINUTE));
        startFailure = REFUSED;
        Thread starting = new Thread(daemon::started);
        starting.start();
        daemon.events.await("Restarting a");
        nextAttempt(2);
        nextAttempt(3);
        startFailure = null;
        daemon.time.advance(Duration.ofSeconds(30));
        starting.join(20_000);
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.stop();
    }

    @Test
    void crashesBeforeAndInBetweenCountAndTheOutageDoesNot() throws Exception {
        add("a").restart(restart -> restart.withBudget(3, Duration.ofHours(1)));
        daemon.started();
        daemon.time.advance(MINUTE);
        crash(new IllegalStateException("a bug"));
        daemon.events.await("Restarting a");
        assertThat(daemon.info("a").restartsLeft()).hasValue(2);
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("Started a", 2);
        for (int i = 2; i < 22; i++) {
            crash(REFUSED);
            daemon.events.await("Restarting a", i);
            assertThat(daemon.info("a").restartsLeft()).hasValue(2);
            nextStart(i + 1);
        }
        crash(new IllegalStateException("a bug"));
        daemon.events.await("Restarting a", 22);
        assertThat(daemon.info("a").restartsLeft()).hasValue(1);
        assertThat(outages()).as("it goes on").containsExactly("OutageBegan a");
        daemon.stop();
    }

    @Test
    void theBackOffGrowsOverTheOutage() throws Exception {
        add("a").settings(settings -> settings.withStartTimeout(MINUTE));
        daemon.started();
        daemon.time.advance(MINUTE);
        startFailure = REFUSED;
        crash(REFUSED);
        for (long delay : new long[] { 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000 }) {
            daemon.time.awaitNextIn(Duration.ofMillis(delay));
            daemon.time.advance(Duration.ofMillis(delay));
        }
        daemon.events.await("Restarting a", 12);
        assertThat(daemon.events.all().stream().filter(SubsystemEvent.Restarting.class::isInstance)
                .map(event -> ((SubsystemEvent.Restarting) event).attempt()))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        daemon.stop();
    }

    @Test
    void aBodyThatTakesItsTimeToFailIsNotCalledRecoveredTwice() throws Exception {
        add("a");
        daemon.started();
        daemon.time.advance(MINUTE);
        crash(REFUSED);
        for (int i = 1; i < 6; i++) {
            daemon.events.await("Restarting a", i);
            nextStart(i + 1);
            daemon.time.advance(Duration.ofSeconds(5));
            daemon.awaitLoop();
            crash(REFUSED);
        }
        daemon.events.await("Restarting a", 6);
        assertThat(outages()).containsExactly("OutageBegan a", "OutageEnded a", "OutageBegan a");
        daemon.stop();
    }

    @Test
    void aPollerHasRecoveredWhenACallHasSucceeded() throws Exception {
        SynchronousQueue<Exception> calls = new SynchronousQueue<>();
        Exception success = new Exception();
        daemon.add("a").run(context -> {
            Exception how = calls.take();
            if (how != success) {
                throw how;
            }
        }).every(() -> Duration.ofNanos(1)).restart(restart -> restart);
        daemon.started();
        assertThat(calls.offer(success, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(calls.offer(success, 20, TimeUnit.SECONDS)).isTrue();
        daemon.awaitLoop();
        daemon.time.advance(MINUTE);
        assertThat(calls.offer(REFUSED, 20, TimeUnit.SECONDS)).isTrue();
        daemon.events.await("Restarting a");
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("Started a", 2);
        daemon.time.advance(MINUTE);
        daemon.awaitLoop();
        assertThat(daemon.info("a").reason()).as("RUNNING for long, but without a call that succeeded").isPresent();
        assertThat(calls.offer(REFUSED, 20, TimeUnit.SECONDS)).isTrue();
        daemon.events.await("Restarting a", 2);
        assertThat(daemon.events.all().stream().filter(SubsystemEvent.Restarting.class::isInstance)
                .map(event -> ((SubsystemEvent.Restarting) event).attempt())).as("it was not stable").containsExactly(1, 2);
        daemon.time.advance(Duration.ofSeconds(1));
        assertThat(calls.offer(success, 20, TimeUnit.SECONDS)).isTrue();
        daemon.events.await("OutageEnded a");
        assertThat(daemon.info("a").reason()).isEmpty();
        Thread stopping = new Thread(daemon::stop);
        stopping.start();
        while (stopping.isAlive()) {
            calls.offer(success, 10, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void aPollerThatIsTurnedOffIsInNoOutage() throws Exception {
        AtomicReference<Duration> interval = new AtomicReference<>(Duration.ofNanos(1));
        CountDownLatch twice = new CountDownLatch(2);
        CountDownLatch gone = new CountDownLatch(1);
        daemon.add("a").run(context -> {
            twice.countDown();
            if (twice.getCount() == 0) {
                gone.await();
                throw REFUSED;
            }
        }).every(interval::get).restart(restart -> restart);
        daemon.started();
        assertThat(twice.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.awaitLoop();
        daemon.time.advance(MINUTE);
        gone.countDown();
        daemon.events.await("Restarting a");
        interval.set(null);
        daemon.awaitLoop();
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("OutageEnded a");
        assertThat(daemon.info("a").reason()).isEmpty();
        daemon.stop();
    }

    @Test
    void thePolicyDecidesAsEver() throws Exception {
        add("a").settings(settings -> settings.withRestart(restart -> restart.withPolicy(RestartPolicy.NEVER)));
        daemon.started();
        daemon.time.advance(MINUTE);
        crash(REFUSED);
        daemon.events.await("GaveUp a");
        daemon.stop();
        assertThat(outages()).containsExactly("OutageBegan a", "OutageEnded a");
        assertThat(daemon.events.all().stream().filter(SubsystemEvent.OutageEnded.class::isInstance)
                .map(event -> ((SubsystemEvent.OutageEnded) event).recovered())).containsExactly(false);
    }

    @Test
    void aCleanUpThatFailsWithItIsNotCharged() throws Exception {
        ConcurrentLinkedQueue<Exception> stops = new ConcurrentLinkedQueue<>(List.of(new IOException("Broken pipe")));
        add("a").onStop(context -> {
            Exception failure = stops.poll();
            if (failure != null) {
                throw failure;
            }
        }).restart(restart -> restart.withBudget(0, MINUTE));
        daemon.started();
        daemon.time.advance(MINUTE);
        crash(REFUSED);
        daemon.events.await("Restarting a");
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("Started a", 2);
        daemon.stop();
    }

    @Test
    void whatTheSettingsNameIsAnOutageAndNothingElse() throws Exception {
        add("a").restart(restart -> restart.withBudget(0, MINUTE)
                .withOutages(new OutageSettings(Set.of("java.io.IOException"), false)));
        daemon.started();
        daemon.time.advance(MINUTE);
        crash(new java.io.FileNotFoundException("a share"));
        daemon.events.await("Restarting a");
        daemon.time.advance(Duration.ofSeconds(1));
        daemon.events.await("Started a", 2);
        crash(new IllegalArgumentException("no"));
        daemon.events.await("GaveUp a");
        daemon.stop();
    }

    @Test
    void restartsThroughTheApiDoNotForgetThatItWasStable() throws Exception {
        add("a").restart(restart -> restart.withBudget(0, MINUTE));
        daemon.started();
        daemon.time.advance(MINUTE);
        TestDaemon.get(daemon.engine().restart("a"));
        crash(REFUSED);
        daemon.events.await("Restarting a");
        daemon.stop();
    }
}
