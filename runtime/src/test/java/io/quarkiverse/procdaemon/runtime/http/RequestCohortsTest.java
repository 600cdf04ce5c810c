package io.quarkiverse.procdaemon.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestCohortsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final RequestCohorts epochs = new RequestCohorts();

    @Test
    void itIsQuietWhenNothingIsUnderWay() throws Exception {
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isTrue();
        epochs.begin().end();
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isTrue();
    }

    @Test
    void whatIsUnderWayIsWaitedFor() throws Exception {
        RequestCohort first = epochs.begin();
        RequestCohort second = epochs.begin();
        CompletableFuture<Boolean> quiet = awaitQuiet();
        second.end();
        assertThat(quiet).isNotDone();
        first.end();
        assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatBeginsLaterIsNotWaitedFor() throws Exception {
        RequestCohort before = epochs.begin();
        CompletableFuture<Boolean> quiet = awaitQuiet();
        RequestCohort later = epochs.begin();
        before.end();
        assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isFalse();
        later.end();
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isTrue();
    }

    @Test
    void thoseWhoWaitAtOnceWaitForWhatWasUnderWayForEachOfThem() throws Exception {
        RequestCohort one = epochs.begin();
        CompletableFuture<Boolean> forOne = awaitQuiet();
        RequestCohort two = epochs.begin();
        CompletableFuture<Boolean> forBoth = awaitQuiet();
        RequestCohort three = epochs.begin();
        two.end();
        assertThat(forOne).isNotDone();
        assertThat(forBoth).isNotDone();
        one.end();
        assertThat(forOne.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(forBoth.get(10, TimeUnit.SECONDS)).isTrue();
        three.end();
    }

    @Test
    void whatOneCallWaitedForInVainIsWaitedForByTheNext() throws Exception {
        RequestCohort old = epochs.begin();
        assertThat(epochs.awaitQuiet(Duration.ofNanos(1))).isFalse();
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isFalse();
        CompletableFuture<Boolean> quiet = awaitQuiet();
        old.end();
        assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatEndsTwiceIsCountedOnce() throws Exception {
        RequestCohort other = epochs.begin();
        AtomicInteger count = new AtomicInteger();
        InFlightRequest request = new InFlightRequest(epochs.begin(), count);
        assertThat(count).hasValue(1);
        request.end();
        request.handle(null);
        assertThat(count).hasValue(0);
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isFalse();
        other.end();
        assertThat(epochs.awaitQuiet(Duration.ZERO)).isTrue();
    }

    @Test
    void nothingBeginsInARetiredEpoch() {
        RequestCohort epoch = new RequestCohort();
        assertThat(epoch.begin()).isTrue();
        epoch.retire();
        assertThat(epoch.begin()).isFalse();
        assertThat(epoch.isQuiet()).isFalse();
        epoch.end();
        assertThat(epoch.isQuiet()).isTrue();
        assertThat(epoch.begin()).isFalse();
    }

    @Test
    void anInterruptEndsTheWait() {
        epochs.begin();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> epochs.awaitQuiet(LONG)).isInstanceOf(InterruptedException.class);
    }

    /** Returns when the call has begun to wait, hence after the moment that it divides before from after by. */
    private CompletableFuture<Boolean> awaitQuiet() {
        CompletableFuture<Boolean> quiet = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                quiet.complete(epochs.awaitQuiet(LONG));
            } catch (Throwable failure) {
                quiet.completeExceptionally(failure);
            }
        }, "awaits-quiet");
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return quiet;
    }
}
