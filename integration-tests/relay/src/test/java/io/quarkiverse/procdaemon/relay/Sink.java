package io.quarkiverse.procdaemon.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps the lines that it gets, and acknowledges each before it goes away: what it has got twice has been sent twice although
 * it
 * was acknowledged.
 */
final class Sink implements AutoCloseable {

    private final List<String> lines = new ArrayList<>();
    private final List<Socket> connections = new ArrayList<>();
    private final InetSocketAddress address;
    private ServerSocket server;
    private int holdAt = -1;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    Sink() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        address = (InetSocketAddress) server.getLocalSocketAddress();
        start("accept", () -> accept(server));
    }

    /** Connections are refused from now on, and those that there are have ended. */
    synchronized void goAway() throws IOException {
        server.close();
        for (Socket connection : connections) {
            if (!connection.isClosed()) {
                connection.shutdownOutput();
            }
        }
        connections.clear();
    }

    void comeBack() throws IOException {
        await().atMost(60, SECONDS).ignoreException(IOException.class).until(() -> {
            synchronized (this) {
                server = new ServerSocket(address.getPort(), 50, address.getAddress());
                return true;
            }
        });
        ServerSocket accepting = server;
        start("accept", () -> accept(accepting));
    }

    /** So many lines from now on it waits before it acknowledges one, until {@link #release()}. */
    synchronized void holdAfter(int more) {
        holdAt = lines.size() + more;
    }

    void awaitHeld() throws InterruptedException {
        assertThat(held.await(60, SECONDS)).as("a line is held").isTrue();
    }

    void release() {
        released.countDown();
    }

    String address() {
        return "127.0.0.1:" + address.getPort();
    }

    /** In the order in which they came. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    void awaitLines(int count) {
        await().atMost(60, SECONDS).until(() -> lines().size() >= count);
    }

    private void accept(ServerSocket accepting) throws IOException {
        while (true) {
            Socket connection = accepting.accept();
            connection.setTcpNoDelay(true);
            synchronized (this) {
                connections.add(connection);
            }
            start("serve", () -> serve(connection));
        }
    }

    private void serve(Socket connection) throws IOException, InterruptedException {
        try (connection; BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
            for (String line; (line = in.readLine()) != null;) {
                if (take(line, connection)) {
                    held.countDown();
                    released.await();
                    acknowledge(connection);
                }
            }
        }
    }

    /** Returns whether its acknowledgement is to wait. */
    private synchronized boolean take(String line, Socket connection) throws IOException {
        if (connection.isOutputShutdown()) {
            return false;
        }
        lines.add(line);
        if (lines.size() == holdAt) {
            return true;
        }
        acknowledge(connection);
        return false;
    }

    private static void acknowledge(Socket connection) throws IOException {
        connection.getOutputStream().write("OK\n".getBytes(UTF_8));
    }

    private interface Job {
        void run() throws IOException, InterruptedException;
    }

    private static void start(String name, Job job) {
        Thread thread = new Thread(() -> {
            try {
                job.run();
            } catch (IOException | InterruptedException e) {
                // Closed.
            }
        }, "sink-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        release();
        goAway();
    }
}
