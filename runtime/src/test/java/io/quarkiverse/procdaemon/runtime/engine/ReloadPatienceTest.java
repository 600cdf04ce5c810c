package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;

/** Those that take too long to answer. */
@Timeout(60)
class ReloadPatienceTest {

    private static final String LATE = "PD-7004: subsystem 'b' did not answer within 10s and was interrupted";

    private final Asking asking = new Asking();
    private final TestDaemon daemon = asking.daemon;
    private final Asking.Slow slow = new Asking.Slow(false);
    private final Asking.Slow stubborn = new Asking.Slow(true);

    private void assertLate(CompletionStage<?> stage) {
        assertThatThrownBy(() -> TestDaemon.get(stage)).isInstanceOf(SubsystemException.class).hasMessage(LATE).hasNoCause()
                .satisfies(thrown -> assertThat(((SubsystemException) thrown).code()).isEqualTo(ErrorCode.RELOAD_TIMED_OUT));
        assertThat(asking.commits).hasValue(0);
    }

    private CompletionStage<?> askedTooLong(Asking.Slow whom) throws InterruptedException {
        CompletionStage<?> stage = asking.ask();
        whom.awaitAsked();
        daemon.time.advance(Asking.PATIENCE);
        return stage;
    }

    @Test
    void whoIsLateIsInterruptedAndThoseThatAgreedAreAskedBack() throws Exception {
        asking.add("a");
        asking.add("b", slow);
        asking.add("c");
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        slow.awaitAsked();
        daemon.time.advance(Asking.PATIENCE.minusNanos(1));
        assertThat(stage.toCompletableFuture()).isNotDone();
        assertThat(slow.isInterrupted()).isFalse();
        daemon.time.advance(Duration.ofNanos(1));
        assertLate(stage);
        slow.awaitInterrupted();
        assertThat(asking.calls).containsExactly("a change", "b change", "a inverse");
        assertThat(daemon.time.scheduled()).isZero();
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.RUNNING);
        assertThat(daemon.info("b").failures()).isZero();
        daemon.stop();
    }

    @Test
    void aStageThatIsLateIsCancelled() throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        asking.add("b", change -> {
            asked.countDown();
            return answer;
        });
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.advance(Asking.PATIENCE);
        assertLate(stage);
        assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS)).isInstanceOf(
                java.util.concurrent.CancellationException.class);
        daemon.stop();
    }

    @Test
    void patienceBeginsAnewWithEach() throws Exception {
        Asking.Slow first = new Asking.Slow(false);
        asking.add("a", first);
        asking.add("b", slow);
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        first.awaitAsked();
        daemon.time.advance(Duration.ofSeconds(9));
        first.letGo();
        slow.awaitAsked();
        daemon.time.advance(Duration.ofSeconds(9));
        slow.letGo();
        TestDaemon.get(stage);
        assertThat(asking.commits).hasValue(1);
        daemon.stop();
    }

    @Test
    void anAnswerThatComesLateChangesNothing() throws Exception {
        asking.add("a");
        asking.add("b", new OnceThen(stubborn));
        daemon.started();
        assertLate(askedTooLong(stubborn));
        CompletionStage<?> again = asking.ask("b"::equals);
        daemon.time.awaitScheduled(1);
        assertThat(again.toCompletableFuture()).isNotDone();
        daemon.time.advance(Asking.PATIENCE.minusNanos(1));
        stubborn.letGo();
        TestDaemon.get(again);
        assertThat(asking.calls).containsExactly("a change", "b change", "a inverse", "b change");
        assertThat(asking.commits).hasValue(1);
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void whoStaysBusyIsNotAskedAgain() throws Exception {
        asking.add("a");
        asking.add("b", stubborn);
        daemon.started();
        assertLate(askedTooLong(stubborn));
        CompletionStage<?> again = asking.ask("b"::equals);
        daemon.time.awaitScheduled(1);
        daemon.time.advance(Asking.PATIENCE);
        assertThatThrownBy(() -> TestDaemon.get(again)).isInstanceOf(SubsystemException.class)
                .hasMessage("PD-7004: subsystem 'b' was still busy with an earlier reload after 10s and could not be asked");
        assertThat(asking.calls).containsExactly("a change", "b change", "a inverse");
        assertThat(daemon.time.scheduled()).isZero();
        TestDaemon.get(asking.ask("a"::equals));
        stubborn.letGo();
        daemon.stop();
    }

    @Test
    void whoDoesNotUndoItInTimeIsInterruptedAndTheOthersUndoIt() throws Exception {
        IllegalStateException veto = new IllegalStateException("no");
        asking.add("a");
        asking.add("b", change -> change == Asking.INVERSE ? slow.react(change) : null);
        asking.add("c", Asking.vetoing(veto));
        daemon.started();
        CompletionStage<?> stage = askedTooLong(slow);
        assertThatThrownBy(() -> TestDaemon.get(stage))
                .hasMessage("PD-4009: subsystem 'c' vetoed it: IllegalStateException: no").satisfies(
                        thrown -> assertThat(thrown.getSuppressed()).extracting(Throwable::getMessage).containsExactly(LATE));
        slow.awaitInterrupted();
        assertThat(asking.calls).containsExactly("a change", "b change", "c change", "b inverse", "a inverse");
        daemon.stop();
    }

    /** Slow the first time only. */
    private static final class OnceThen implements ReloadCode {

        private final ReloadCode first;
        private boolean later;

        OnceThen(ReloadCode first) {
            this.first = first;
        }

        @Override
        public CompletionStage<?> react(io.quarkiverse.procdaemon.ConfigChange change) throws Throwable {
            boolean isFirst;
            synchronized (this) {
                isFirst = !later;
                later = true;
            }
            return isFirst ? first.react(change) : null;
        }
    }
}
