package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineServerTest {

    private final MemoryStore store = new MemoryStore();
    private final List<Socket> sockets = new ArrayList<>();
    private LineServer server;
    private FutureTask<Void> serving;

    @BeforeEach
    void serve() throws IOException {
        server = LineServer.bind(new Settings(0, 16, 4), store);
        serving = new FutureTask<>(() -> {
            server.serve();
            return null;
        });
        new Thread(serving, "server").start();
    }

    @AfterEach
    void close() throws Exception {
        store.pass.countDown();
        server.stop();
        serving.get(10, TimeUnit.SECONDS);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void answersInOrderOfTheLines() throws IOException {
        Socket client = connect();

        send(client, "one\n", "x".repeat(17) + "\n", "zwölf\r\n", new byte[] { 'a', (byte) 0xff, '\n' }, "\n", "unfinished");
        client.shutdownOutput();

        assertThat(answers(client)).containsExactly("OK 1", "ERR too long", "OK 2", "ERR not UTF-8", "OK 3", "ERR no newline");
        assertThat(store.lines).containsExactly("one", "zwölf", "");
    }

    @Test
    void aClientThatReadsNothingNeitherStopsOthersNorIsReadFrom() throws Exception {
        Socket deaf = connect();
        deaf.setSoTimeout(0);
        FutureTask<Long> flood = new FutureTask<>(() -> {
            byte[] lines = "\n".repeat(64 * 1024).getBytes(UTF_8);
            long sent = 0;
            try {
                while (true) {
                    deaf.getOutputStream().write(lines);
                    sent += lines.length;
                }
            } catch (IOException e) {
                return sent;
            }
        });
        new Thread(flood, "flood").start();
        store.awaitLines(1000);

        Socket other = connect();
        for (int i = 0; i < 100; i++) {
            send(other, "still here\n");
            assertThat(answer(other)).startsWith("OK ");
        }

        long[] seen = new long[1];
        await().pollInterval(200, MILLISECONDS).until(() -> seen[0] == (seen[0] = store.lines()));
        assertThat(flood.isDone()).isFalse();
        deaf.close();
        assertThat(flood.get()).isGreaterThan(0);
    }

    @Test
    void whatWasReceivedBeforeTheStopIsAnswered() throws Exception {
        Socket first = connect();
        send(first, "one\n");
        assertThat(answer(first)).isEqualTo("OK 1");
        Socket second = connect();
        store.pass = new CountDownLatch(1);
        send(first, "two\n");
        store.entered.await();
        send(second, "a\n".repeat(30_000), "torn");
        send(first, "three\nfour\n");

        server.stop();
        store.pass.countDown();
        serving.get(10, TimeUnit.SECONDS);

        assertThat(answers(first)).hasSize(3).allMatch(answer -> answer.startsWith("OK "));
        assertThat(answers(second)).hasSize(30_000).allMatch(answer -> answer.startsWith("OK "));
        assertThat(store.lines).hasSize(30_004).doesNotContain("torn");
    }

    @Test
    void aClientInTheBacklogIsAnsweredAtTheStop() throws Exception {
        Socket first = connect();
        store.pass = new CountDownLatch(1);
        send(first, "one\n");
        store.entered.await();
        Socket waiting = connect();
        send(waiting, "two\n");

        server.stop();
        store.pass.countDown();

        assertThat(answers(waiting)).containsExactly("OK 2");
    }

    @Test
    void aClientThatGoesOnSendingDoesNotHoldUpTheStop() throws Exception {
        Socket chatty = connect();
        FutureTask<Void> flood = new FutureTask<>(() -> {
            while (true) {
                chatty.getOutputStream().write("on and on\n".repeat(1000).getBytes(UTF_8));
            }
        });
        FutureTask<List<String>> answers = new FutureTask<>(() -> answers(chatty));
        new Thread(flood, "flood").start();
        new Thread(answers, "answers").start();
        store.awaitLines(10_000);

        server.stop();
        serving.get(5, TimeUnit.SECONDS);

        assertThat(answers.get()).hasSize(store.lines.size());
    }

    @Test
    void aJournalThatFailsIsSaidAndTheConnectionEnds() throws IOException {
        Socket client = connect();
        send(client, "one\n");
        assertThat(answer(client)).isEqualTo("OK 1");

        store.broken = true;
        send(client, "x".repeat(17) + "\ntwo\nthree\n");

        assertThat(answers(client)).containsExactly("ERR journal");
        assertThat(store.lines).containsExactly("one");
    }

    @Test
    void aClientThatIsGoneStillHasItsLinesJournaled() throws Exception {
        Socket client = connect();
        store.pass = new CountDownLatch(1);
        send(client, "one\n");
        store.entered.await();
        send(client, "two\nthree\n");
        client.close();
        store.pass.countDown();

        store.awaitLines(3);
        assertThat(store.lines).containsExactly("one", "two", "three");
    }

    @Test
    void aSyslogSenderIsJournaledAndGetsNoAnswers() throws IOException {
        Socket logger = connect();
        send(logger, "<13>one\n", "two\n");
        logger.shutdownOutput();

        assertThat(answers(logger)).isEmpty();
        assertThat(store.lines).containsExactly("<13>one", "two");
    }

    @Test
    void moreConnectionsThanAllowedWait() throws Exception {
        Socket[] clients = new Socket[5];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = connect();
            send(clients[i], "from " + i + "\n");
        }
        for (int i = 0; i < 4; i++) {
            assertThat(answer(clients[i])).startsWith("OK ");
        }
        assertThat(store.lines).doesNotContain("from 4");

        clients[0].close();

        assertThat(answer(clients[4])).isEqualTo("OK 5");
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        int port = server.address().getPort();

        assertThatThrownBy(() -> LineServer.bind(new Settings(port, 16, 4), store)).hasMessage(
                "Cannot listen on localhost:%d (Address already in use): end what listens there, or set collector.port or collector.host",
                port);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket client, Object... parts) throws IOException {
        for (Object part : parts) {
            client.getOutputStream().write(part instanceof byte[] ? (byte[]) part : part.toString().getBytes(UTF_8));
        }
    }

    private static String answer(Socket client) throws IOException {
        StringBuilder answer = new StringBuilder();
        for (int next; (next = client.getInputStream().read()) != '\n';) {
            assertThat(next).as("end of answers").isNotNegative();
            answer.append((char) next);
        }
        return answer.toString();
    }

    private static List<String> answers(Socket client) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        List<String> answers = new ArrayList<>();
        for (String line; (line = reader.readLine()) != null;) {
            answers.add(line);
        }
        return answers;
    }

    private static final class MemoryStore implements LineStore {

        final List<String> lines = new ArrayList<>();
        final CountDownLatch entered = new CountDownLatch(1);
        volatile CountDownLatch pass = new CountDownLatch(0);
        volatile boolean broken;

        @Override
        public synchronized long lines() {
            return lines.size();
        }

        @Override
        public void append(LineBatch batch) throws IOException {
            if (broken) {
                throw new JournalException("The disk is full");
            }
            if (pass.getCount() > 0) {
                entered.countDown();
                awaitPass();
            }
            synchronized (this) {
                lines.addAll(List.of(new String(batch.bytes(), 0, batch.size() - 1, UTF_8).split("\n", -1)));
                notifyAll();
            }
        }

        synchronized void awaitLines(int count) throws InterruptedException {
            while (lines.size() < count) {
                wait();
            }
        }

        private void awaitPass() {
            try {
                pass.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Settings(int port, int maxLineBytes, int maxConnections) implements CollectorConfig {

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public Path journal() {
            throw new UnsupportedOperationException();
        }
    }
}
