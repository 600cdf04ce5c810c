package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(30)
class LineServerStopTest {

    @RegisterExtension
    final RunningServer server = new RunningServer();

    @Test
    void whatWasReceivedBeforeTheStopIsAnswered() throws Exception {
        LineClient first = server.connect();
        LineClient second = server.connect();
        server.store().hold();
        first.send("one\n");
        server.store().awaitHeld();
        second.send("a\n".repeat(30_000) + "torn");
        first.send("two\nthree\n");

        server.stop();
        server.store().release();
        server.awaitEnd();

        assertThat(first.answers()).hasSize(3).allMatch(answer -> answer.startsWith("OK "));
        assertThat(second.answers()).hasSize(30_000).allMatch(answer -> answer.startsWith("OK "));
        assertThat(server.store().all()).hasSize(30_003).doesNotContain("torn");
    }

    @Test
    void aClientInTheBacklogIsAnswered() throws Exception {
        LineClient first = server.connect();
        server.store().hold();
        first.send("one\n");
        server.store().awaitHeld();
        LineClient waiting = server.connect().send("two\n");

        server.stop();
        server.store().release();

        assertThat(waiting.answers()).containsExactly("OK 2");
    }

    @Test
    void aClientThatGoesOnSendingDoesNotHoldItUp() throws Exception {
        LineClient chatty = server.connect();
        FutureTask<Void> flood = new FutureTask<>(() -> {
            while (true) {
                chatty.send("on and on\n".repeat(1000));
            }
        });
        FutureTask<List<String>> answers = new FutureTask<>(chatty::answers);
        new Thread(flood, "flood").start();
        new Thread(answers, "answers").start();
        server.store().awaitLines(10_000);

        server.stop();
        server.awaitEnd();

        assertThat(answers.get()).hasSize(server.store().all().size());
    }

    @Test
    void aClientThatReadsNoAnswersDoesNotHoldItUp() throws Exception {
        LineClient deaf = server.connect();
        FutureTask<Void> flood = new FutureTask<>(() -> {
            while (true) {
                deaf.send("\n".repeat(64 * 1024));
            }
        });
        new Thread(flood, "flood").start();
        server.store().awaitLines(100_000);

        server.stop();
        server.awaitEnd();
    }
}
