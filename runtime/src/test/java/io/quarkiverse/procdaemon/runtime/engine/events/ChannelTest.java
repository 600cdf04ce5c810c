package io.quarkiverse.procdaemon.runtime.engine.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.LogCapture;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/** What a listener that is far behind costs is bounded, and the log says what it missed. */
@Timeout(60)
class ChannelTest {

    private final LogCapture log = new LogCapture(Channel.class.getName());
    private final List<Long> heard = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final LateThread thread = new LateThread();
    private final DaemonListener listener = event -> heard.add(event.sequence());
    private final Channel channel = new Channel(listener, thread,
            UnaryOperator.identity());
    private long sequence;

    @AfterEach
    void close() {
        log.close();
    }

    /** A thread that begins when the test has time for it, and ends when there is nothing left. */
    private static final class LateThread implements Threads {

        private Runnable task;

        @Override
        public Thread start(ThreadKind kind, String name, Runnable begun) {
            task = begun;
            return new Thread(begun);
        }

        @Override
        public long linger() {
            return 0;
        }
    }

    private void send(int events) {
        for (int i = 0; i < events; i++) {
            channel.send(new SubsystemEvent.Waiting(++sequence, "a", 0, Instant.EPOCH, List.of()));
        }
    }

    @Test
    void noMoreIsKeptThanItsCapacity() {
        send(Channel.CAPACITY + 10);
        channel.tell(listener -> news.add("told"));
        thread.task.run();
        assertThat(heard).hasSize(Channel.CAPACITY).last().isEqualTo((long) Channel.CAPACITY);
        assertThat(news).as("what is no event").containsExactly("told");
        assertThat(log.lines()).singleElement().asString().startsWith("ERROR The listener ")
                .endsWith(" is 65536 events behind; it misses Waiting of a and what follows until it has caught up");
    }

    @Test
    void onceItHasCaughtUpItHearsEverything() {
        send(Channel.CAPACITY + 10);
        thread.task.run();
        heard.clear();
        send(2);
        thread.task.run();
        assertThat(heard).containsExactly(sequence - 1, sequence);
        send(Channel.CAPACITY + 1);
        assertThat(log.lines()).as("each time it falls behind").hasSize(2);
    }

    /** One of ours that listens from some time on. */
    private static final class Sleeper implements DaemonListener {

        final List<Object> heard = new ArrayList<>();
        boolean listens;

        @Override
        public boolean isListening() {
            return listens;
        }

        @Override
        public void onEvent(SubsystemEvent event) {
            heard.add(event.sequence());
        }

        @Override
        public void resumed(String daemon) {
            heard.add(daemon);
        }
    }

    @Test
    void oneThatDoesNotListenCostsNothing() {
        Sleeper sleeper = new Sleeper();
        Channel channel = new Channel(sleeper, thread, UnaryOperator.identity());
        channel.send(new SubsystemEvent.Starting(1, "a", 0, Instant.EPOCH));
        channel.tell(new News.Resumed("first"));
        assertThat(thread.task).as("the task of its thread").isNull();
        sleeper.listens = true;
        channel.send(new SubsystemEvent.Starting(2, "a", 0, Instant.EPOCH));
        channel.tell(new News.Resumed("second"));
        thread.task.run();
        assertThat(sleeper.heard).containsExactly(2L, "second");
        sleeper.listens = false;
        CountDownLatch closed = new CountDownLatch(1);
        channel.close(closed);
        assertThat(closed.getCount()).isZero();
    }
}
