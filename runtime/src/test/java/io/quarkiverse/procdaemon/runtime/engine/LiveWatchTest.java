package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.TestDaemon.Part;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;

/** Settings that change for heartbeats and probes that are waited for already. */
@Timeout(60)
class LiveWatchTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final TestDaemon daemon = new TestDaemon();
    private final CompletableFuture<SubsystemContext> body = new CompletableFuture<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final LinkedBlockingQueue<CompletableFuture<Boolean>> questions = new LinkedBlockingQueue<>();

    /** Handled after all that was posted before, and all that follows from it. */
    private void settle() throws InterruptedException {
        CountDownLatch handled = new CountDownLatch(1);
        daemon.ask(name -> true, INTERVAL, Asking.CHANGE, Asking.INVERSE, handled::countDown);
        assertThat(handled.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void change(Part part, Duration heartbeatTimeout) throws InterruptedException {
        part.settings(settings -> settings.withHeartbeatTimeout(heartbeatTimeout));
        daemon.engine().settingsChanged();
        settle();
    }

    private void change(Part part, UnaryOperator<HealthSettings> health) throws InterruptedException {
        part.settings(settings -> settings.withHealth(health));
        daemon.engine().settingsChanged();
        settle();
    }

    private static HealthSettings of(int intervalSeconds, int timeoutSeconds, int failures) {
        return new HealthSettings(Duration.ofSeconds(intervalSeconds), Duration.ofSeconds(timeoutSeconds), failures, false);
    }

    // -- heartbeats

    private Part silent(Duration heartbeatTimeout) {
        return daemon.add("a").run(context -> {
            body.complete(context);
            release.await();
        }).critical(false).settings(settings -> settings.withHeartbeatTimeout(heartbeatTimeout));
    }

    private void assertRunningThenHung(Duration left, String text) throws InterruptedException {
        daemon.time.advance(left.minusNanos(1));
        settle();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        daemon.time.advance(Duration.ofNanos(1));
        daemon.events.await("Failed a");
        assertThat(daemon.failure("a"))
                .isEqualTo("PD-7003: subsystem 'a#1' has given no heartbeat for " + text + " and counts as hung; the stack "
                        + "shows where its body is; raise subsystem.heartbeat-timeout if it may be silent for longer");
        release.countDown();
        daemon.stop();
    }

    private void start() {
        daemon.started();
        TestDaemon.get(body);
    }

    @Test
    void aShorterHeartbeatTimeoutCountsFromTheChange() throws Exception {
        Part part = silent(Duration.ofSeconds(8));
        start();
        daemon.time.advance(Duration.ofSeconds(7));
        change(part, Duration.ofSeconds(2));
        assertThat(daemon.time.scheduled()).as("the old one is cancelled").isOne();
        assertRunningThenHung(Duration.ofSeconds(2), "2s");
    }

    @Test
    void aLongerHeartbeatTimeoutCountsFromTheChange() throws Exception {
        Part part = silent(Duration.ofSeconds(2));
        start();
        daemon.time.advance(Duration.ofSeconds(1));
        change(part, Duration.ofSeconds(8));
        assertRunningThenHung(Duration.ofSeconds(8), "8s");
    }

    @Test
    void aHeartbeatTimeoutMayComeToARunThatHadNone() throws Exception {
        Part part = silent(null);
        start();
        daemon.time.advance(Duration.ofHours(1));
        change(part, Duration.ofSeconds(2));
        assertRunningThenHung(Duration.ofSeconds(2), "2s");
    }

    @Test
    void aHeartbeatTimeoutMayGo() throws Exception {
        Part part = silent(Duration.ofSeconds(2));
        start();
        change(part, (Duration) null);
        assertThat(daemon.time.scheduled()).isZero();
        change(part, (Duration) null);
        daemon.time.advance(Duration.ofHours(1));
        settle();
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        release.countDown();
        daemon.stop();
    }

    @Test
    void anotherSettingDoesNotBeginTheHeartbeatTimeoutAnew() throws Exception {
        Part part = silent(Duration.ofSeconds(8));
        start();
        daemon.time.advance(Duration.ofSeconds(7));
        part.settings(settings -> settings.withStartTimeout(Duration.ofSeconds(9)));
        change(part, Duration.ofMillis(8000));
        assertRunningThenHung(Duration.ofSeconds(1), "8s");
    }

    @Test
    void nobodyLooksAfterARunThatIsToStop() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        Part part = silent(Duration.ofSeconds(8)).run(context -> {
            context.await();
            stopping.countDown();
            release.await();
        });
        daemon.started();
        CompletionStage<Void> stopped = daemon.engine().stop("a");
        assertThat(stopping.await(20, TimeUnit.SECONDS)).isTrue();
        change(part, Duration.ofSeconds(1));
        assertThat(daemon.time.scheduled()).as("only the stop timeout").isOne();
        release.countDown();
        TestDaemon.get(stopped);
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void whatTheOldTimeoutCallsHungWhileTheNewOneComesIsNot() throws Exception {
        Hold hold = new Hold(daemon);
        Part part = silent(Duration.ofSeconds(8));
        start();
        part.settings(settings -> settings.withHeartbeatTimeout(Duration.ofSeconds(20)));
        hold.begin();
        daemon.time.advance(Duration.ofSeconds(8));
        hold.end();
        settle();
        assertRunningThenHung(Duration.ofSeconds(20), "20s");
    }

    // -- probes

    private Part probed() {
        return daemon.add("a").healthy(this::ask).critical(false);
    }

    private CompletionStage<Boolean> ask() {
        CompletableFuture<Boolean> answer = new Uncancellable();
        questions.add(answer);
        return answer;
    }

    private CompletableFuture<Boolean> question(Duration interval) throws InterruptedException {
        daemon.time.awaitNextIn(interval);
        daemon.time.advance(interval);
        return questions.poll(20, TimeUnit.SECONDS);
    }

    private void answer(Duration interval, boolean healthy) throws InterruptedException {
        question(interval).complete(healthy);
        daemon.time.awaitNextIn(interval);
    }

    @Test
    void aNewIntervalCountsFromTheChangeAndWhatWasCountedStays() throws Exception {
        Part part = probed();
        daemon.started();
        answer(INTERVAL, false);
        answer(INTERVAL, false);
        daemon.time.advance(Duration.ofSeconds(4));
        change(part, health -> of(3, 2, 3));
        assertThat(daemon.time.scheduled()).isOne();
        assertThat(daemon.info("a").healthy()).isTrue();
        answer(Duration.ofSeconds(3), false);
        assertThat(daemon.info("a").healthy()).as("the third in a row").isFalse();
        daemon.stop();
    }

    @Test
    void aQuestionThatIsDueWhileTheIntervalChangesIsNotPutTwice() throws Exception {
        Hold hold = new Hold(daemon);
        Part part = probed();
        daemon.started();
        daemon.time.awaitNextIn(INTERVAL);
        part.settings(settings -> settings.withHealth(health -> of(3, 2, 3)));
        hold.begin();
        daemon.time.advance(INTERVAL);
        hold.end();
        settle();
        daemon.time.awaitNextIn(Duration.ofSeconds(3));
        assertThat(questions).isEmpty();
        answer(Duration.ofSeconds(3), true);
        assertThat(questions).isEmpty();
        daemon.stop();
    }

    @Test
    void whoIsUnhealthyStaysSoUntilAProbeSaysOtherwise() throws Exception {
        Part part = probed().settings(settings -> settings.withHealth(health -> of(5, 2, 1)));
        daemon.started();
        answer(INTERVAL, false);
        assertThat(daemon.info("a").healthy()).isFalse();
        change(part, health -> of(1, 2, 10));
        assertThat(daemon.info("a").healthy()).isFalse();
        answer(Duration.ofSeconds(1), false);
        assertThat(daemon.info("a").healthy()).isFalse();
        answer(Duration.ofSeconds(1), true);
        assertThat(daemon.info("a").healthy()).isTrue();
        daemon.stop();
        assertThat(daemon.events.texts(SubsystemEvent.HealthChanged.class)).hasSize(2);
    }

    @Test
    void fewerFailuresAreEnoughAtTheNextAnswerNotBefore() throws Exception {
        Part part = probed();
        daemon.started();
        answer(INTERVAL, false);
        change(part, health -> of(5, 2, 1));
        assertThat(daemon.info("a").healthy()).isTrue();
        answer(INTERVAL, false);
        assertThat(daemon.info("a").healthy()).isFalse();
        daemon.stop();
    }

    @Test
    void aProbeUnderWayIsNotDoubledAndItsTimeoutIsTheNewOneFromTheChange() throws Exception {
        Part part = probed();
        daemon.started();
        CompletableFuture<Boolean> hanging = question(INTERVAL);
        daemon.time.advance(Duration.ofSeconds(1));
        change(part, health -> of(1, 4, 1));
        daemon.time.advance(Duration.ofMillis(3_999));
        settle();
        assertThat(daemon.info("a").healthy()).isTrue();
        daemon.time.advance(Duration.ofMillis(1));
        settle();
        assertThat(daemon.info("a").healthy()).isFalse();
        change(part, health -> of(2, 4, 1));
        daemon.time.advance(Duration.ofMinutes(5));
        assertThat(questions).as("while the last one is not answered").isEmpty();
        hanging.complete(true);
        answer(Duration.ofSeconds(2), true);
        assertThat(daemon.info("a").healthy()).isTrue();
        daemon.stop();
        assertThat(daemon.events.all()).filteredOn(event -> event instanceof SubsystemEvent.HealthChanged)
                .extracting(event -> ((SubsystemEvent.HealthChanged) event).reason())
                .containsExactly("no answer within 4s", "");
    }

    @Test
    void aProbeThatIsLateCountsOnceMoreAfterTheNewIntervalFromTheChange() throws Exception {
        Part part = probed().settings(settings -> settings.withHealth(health -> of(5, 2, 2)));
        daemon.started();
        CompletableFuture<Boolean> hanging = question(INTERVAL);
        daemon.time.advance(Duration.ofSeconds(2));
        settle();
        daemon.time.advance(Duration.ofSeconds(4));
        change(part, health -> of(6, 3, 2));
        assertThat(daemon.time.scheduled()).isOne();
        daemon.time.advance(Duration.ofMillis(5_999));
        settle();
        assertThat(daemon.info("a").healthy()).isTrue();
        daemon.time.advance(Duration.ofMillis(1));
        settle();
        assertThat(daemon.info("a").healthy()).isFalse();
        hanging.complete(false);
        daemon.time.awaitNextIn(Duration.ofSeconds(6));
        daemon.stop();
    }

    @Test
    void whoIsUnhealthyAlreadyFailsAtTheNextBadAnswerOnceThatIsAFailure() throws Exception {
        Part part = probed().settings(settings -> settings.withHealth(health -> of(5, 2, 1)));
        daemon.started();
        answer(INTERVAL, false);
        change(part, health -> health.withFailsSubsystem(true));
        assertThat(daemon.state("a")).isEqualTo(SubsystemState.RUNNING);
        question(INTERVAL).complete(false);
        daemon.events.await("Failed a");
        assertThat(daemon.failure("a"))
                .isEqualTo("PD-4007: subsystem 'a#1' was unhealthy 2 times in a row: its health check returned false");
        daemon.stop();
        assertThat(daemon.events.texts(SubsystemEvent.HealthChanged.class)).hasSize(1);
    }
}
