package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Several clients that send lines until their connections end. */
final class LineLoad implements AutoCloseable {

    /** What one client got: the number acknowledged for each of its lines, in the order it sent them. */
    record Outcome(int client, List<Long> numbers) {

        String line(int index) {
            return LineLoad.line(client, index);
        }
    }

    /** Far more than any test waits for, so that the end always comes in the middle. */
    private static final int LINES_EACH = 1_000_000;
    private static final int CHUNK = 25;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore acknowledged = new Semaphore(0);
    private final List<Future<Outcome>> outcomes = new ArrayList<>();

    /** @param window how many lines each client sends before it has answers to the earlier ones */
    LineLoad(DaemonProcess daemon, int clients, int window) throws IOException {
        this(daemon, 0, clients, window);
    }

    /** @param first the number of the first client: those of one number say the same lines */
    LineLoad(DaemonProcess daemon, int first, int clients, int window) throws IOException {
        for (int i = 0; i < clients; i++) {
            int number = first + i;
            LineClient client = daemon.connect();
            Semaphore room = new Semaphore(window);
            threads.submit(() -> write(client, number, room));
            outcomes.add(threads.submit(() -> read(client, number, room)));
        }
    }

    /** Waits until so many lines were acknowledged to all clients together. */
    void awaitAcknowledged(int lines) throws InterruptedException {
        assertThat(acknowledged.tryAcquire(lines, 60, TimeUnit.SECONDS)).as("%d lines acknowledged", lines).isTrue();
    }

    /** Waits until all clients are done. */
    List<Outcome> outcomes() throws InterruptedException, ExecutionException, TimeoutException {
        List<Outcome> all = new ArrayList<>();
        for (Future<Outcome> outcome : outcomes) {
            all.add(outcome.get(60, TimeUnit.SECONDS));
        }
        return all;
    }

    static String line(int client, int index) {
        return "client " + client + " says its line number " + index;
    }

    private Void write(LineClient client, int number, Semaphore room) throws IOException, InterruptedException {
        StringBuilder chunk = new StringBuilder();
        for (int i = 0; i < LINES_EACH; i++) {
            chunk.append(line(number, i)).append('\n');
            if (i % CHUNK == CHUNK - 1) {
                room.acquire(CHUNK);
                client.send(chunk.toString());
                chunk.setLength(0);
            }
        }
        throw new AssertionError("The connection did not end");
    }

    private Outcome read(LineClient client, int number, Semaphore room) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (client) {
            for (String answer; (answer = answer(client)) != null;) {
                assertThat(answer).startsWith("OK ");
                numbers.add(Long.valueOf(answer.substring("OK ".length())));
                acknowledged.release();
                room.release();
            }
        }
        return new Outcome(number, numbers);
    }

    private static String answer(LineClient client) {
        try {
            return client.answer();
        } catch (IOException e) {
            // A process that is killed resets its connections.
            return null;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
