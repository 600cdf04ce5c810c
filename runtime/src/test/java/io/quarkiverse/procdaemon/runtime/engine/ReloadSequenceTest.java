package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ReloadVote;

/** Who is asked about a change, and what follows from the answers. */
@Timeout(60)
class ReloadSequenceTest {

    private static final IllegalStateException FULL = new IllegalStateException("the disk is full");

    private final Asking asking = new Asking();
    private final TestDaemon daemon = asking.daemon;

    private void assertVetoed(CompletionStage<?> stage, String message, Throwable cause) {
        assertThatThrownBy(() -> TestDaemon.get(stage)).isInstanceOf(SubsystemException.class).hasMessage(message)
                .hasCause(cause);
        assertThat(asking.commits).hasValue(0);
        assertThat(daemon.time.scheduled()).isZero();
    }

    @Test
    void allAffectedAreAskedInStartOrderAndThenItIsSo() {
        asking.add("c", "b");
        asking.add("b", "a");
        asking.add("a");
        asking.add("unaffected", "a");
        daemon.add("silent", "a");
        daemon.started();
        TestDaemon.get(asking.ask(name -> !name.equals("unaffected")));
        assertThat(asking.calls).containsExactly("a change", "b change", "c change");
        assertThat(asking.commits).hasValue(1);
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void whereNobodyIsToBeAskedAllHaveAgreed() {
        daemon.add("a");
        daemon.started();
        TestDaemon.get(asking.ask());
        TestDaemon.get(daemon.ask(name -> true, Asking.PATIENCE, Asking.CHANGE, Asking.INVERSE, Asking.NOTHING));
        assertThat(asking.commits).hasValue(1);
        daemon.stop();
    }

    @Test
    void whoDoesNotRunIsNotAsked() {
        asking.add("a");
        asking.add("b");
        TestDaemon.get(asking.ask());
        daemon.started();
        TestDaemon.get(daemon.engine().stop("a"));
        TestDaemon.get(asking.ask());
        assertThat(asking.calls).containsExactly("b change");
        daemon.stop();
    }

    @Test
    void eachIsAskedOnAThreadOfItsOwnNamedAfterIt() {
        CompletableFuture<String> thread = new CompletableFuture<>();
        asking.add("a", change -> {
            thread.complete(Thread.currentThread().getName());
            return null;
        });
        daemon.started();
        TestDaemon.get(asking.ask());
        assertThat(TestDaemon.get(thread)).isEqualTo("a-reload");
        daemon.stop();
    }

    @Test
    void afterAVetoThoseThatAgreedAreAskedBackInReverse() {
        asking.add("a");
        asking.add("b", "a");
        asking.add("c", Asking.vetoing(FULL), "b");
        asking.add("d", "c");
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        assertVetoed(stage, "PD-4009: subsystem 'c' vetoed it: IllegalStateException: the disk is full", FULL);
        assertThatThrownBy(() -> TestDaemon.get(stage)).satisfies(thrown -> {
            assertThat(((SubsystemException) thrown).subsystem()).isEqualTo("c");
            assertThat(((SubsystemException) thrown).code()).isEqualTo(ErrorCode.RELOAD_VETOED);
            assertThat(thrown.getSuppressed()).isEmpty();
        });
        assertThat(asking.calls).containsExactly("a change", "b change", "c change", "b inverse", "a inverse");
        assertThat(daemon.engine().subsystems()).allSatisfy(info -> assertThat(info.failures()).isZero());
        daemon.stop();
    }

    @Test
    void aVetoMaySayNothingOrHaveAnErrorOfOurs() {
        NullPointerException silent = new NullPointerException();
        DaemonStateException ours = new DaemonStateException(ErrorCode.WRONG_STATE, "no");
        AssertionError[] error = { new AssertionError("odd") };
        asking.add("a", Asking.vetoing(silent));
        asking.add("b", Asking.vetoing(ours));
        asking.add("c", Asking.vetoing(error[0]));
        daemon.started();
        assertVetoed(asking.ask("a"::equals), "PD-4009: subsystem 'a' vetoed it: NullPointerException", silent);
        assertVetoed(asking.ask("b"::equals), "PD-4009: subsystem 'b' vetoed it: PD-8001: no", ours);
        assertVetoed(asking.ask("c"::equals), "PD-4009: subsystem 'c' vetoed it: AssertionError: odd", error[0]);
        daemon.stop();
    }

    @Test
    void aStageAnswersWhenItCompletes() throws Exception {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        asking.add("a", change -> {
            asked.countDown();
            return answer;
        });
        asking.add("b");
        daemon.started();
        CompletionStage<?> stage = asking.ask();
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.time.awaitNextIn(Asking.PATIENCE);
        assertThat(asking.calls).containsExactly("a change");
        answer.complete(null);
        TestDaemon.get(stage);
        assertThat(asking.calls).containsExactly("a change", "b change");
        assertThat(daemon.time.scheduled()).isZero();
        daemon.stop();
    }

    @Test
    void aStageThatFailsOrIsCancelledIsAVeto() {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        asking.add("a");
        asking.add("b", change -> CompletableFuture.failedFuture(new CompletionException(FULL)));
        asking.add("c", change -> cancelled);
        daemon.started();
        assertVetoed(asking.ask(name -> !name.equals("c")),
                "PD-4009: subsystem 'b' vetoed it: IllegalStateException: the disk is full", FULL);
        assertThatThrownBy(() -> TestDaemon.get(asking.ask(name -> !name.equals("b"))))
                .hasMessage("PD-4009: subsystem 'c' vetoed it: CancellationException");
        assertThat(asking.calls).containsExactly("a change", "b change", "a inverse", "a change", "c change", "a inverse");
        daemon.stop();
    }

    @Test
    void whoCannotUndoItIsSuppressedAndLoggedAndTheOthersUndoIt() {
        asking.add("a");
        asking.add("b", change -> {
            if (change == Asking.INVERSE) {
                throw new IllegalArgumentException("no way back");
            }
            return null;
        });
        asking.add("c");
        asking.add("d", Asking.vetoing(FULL));
        daemon.started();
        try (LogCapture log = new LogCapture(ReloadVote.class.getName())) {
            CompletionStage<?> stage = asking.ask();
            assertVetoed(stage, "PD-4009: subsystem 'd' vetoed it: IllegalStateException: the disk is full", FULL);
            assertThatThrownBy(() -> TestDaemon.get(stage))
                    .satisfies(thrown -> assertThat(thrown.getSuppressed()).extracting(Throwable::getMessage).containsExactly(
                            "PD-4009: subsystem 'b' could not undo it: IllegalArgumentException: no way back"));
            assertThat(log.lines())
                    .containsExactly("ERROR Subsystem 'b' may have kept its part of a reload that was rejected");
        }
        assertThat(asking.calls).containsExactly("a change", "b change", "c change", "d change", "c inverse", "b inverse",
                "a inverse");
        daemon.stop();
    }

    @Test
    void anotherChangeWaitsItsTurnElsewhere() throws Exception {
        Asking.Slow slow = new Asking.Slow(false);
        asking.add("a", slow);
        daemon.started();
        CompletionStage<?> first = asking.ask();
        slow.awaitAsked();
        assertThatThrownBy(() -> TestDaemon.get(asking.ask())).isInstanceOf(DaemonStateException.class)
                .hasMessage("PD-8001: the subsystems are being asked about another change");
        slow.letGo();
        TestDaemon.get(first);
        TestDaemon.get(asking.ask());
        assertThat(asking.calls).containsExactly("a change", "a change");
        daemon.stop();
    }

    @Test
    void whatCannotBeMadeSoIsUndone() {
        asking.add("a");
        daemon.started();
        assertThatThrownBy(() -> TestDaemon
                .get(daemon.ask(name -> true, Asking.PATIENCE, Asking.CHANGE, Asking.INVERSE, () -> {
                    throw FULL;
                }))).isSameAs(FULL);
        assertThat(asking.calls).containsExactly("a change", "a inverse");
        daemon.stop();
    }

    @Test
    void aQuestionThatCannotBePutIsNotLeftOpen() {
        asking.add("a");
        daemon.started();
        assertThatThrownBy(() -> TestDaemon.get(asking.ask(name -> {
            throw FULL;
        }))).isSameAs(FULL);
        TestDaemon.get(asking.ask());
        assertThat(asking.commits).hasValue(1);
        daemon.stop();
    }

    @Test
    void whoGetsNoThreadHasNotAgreed() {
        OutOfMemoryError none = new OutOfMemoryError("unable to create native thread");
        asking.add("a");
        asking.add("b");
        daemon.threadRefusal = name -> {
            if (name.equals("b-reload")) {
                throw none;
            }
        };
        daemon.started();
        assertVetoed(asking.ask(),
                "PD-4009: subsystem 'b' vetoed it: OutOfMemoryError: unable to create native thread", none);
        assertThat(asking.calls).containsExactly("a change", "a inverse");
        daemon.stop();
    }
}
