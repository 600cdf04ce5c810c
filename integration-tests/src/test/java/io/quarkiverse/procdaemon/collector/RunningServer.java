package io.quarkiverse.procdaemon.collector;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A line server for each test: lines of at most 16 bytes, at most 4 connections. */
final class RunningServer implements BeforeEachCallback, AfterEachCallback {

    private final List<LineClient> clients = new ArrayList<>();
    private MemoryStore store;
    private LineServer server;
    private FutureTask<Void> serving;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        store = new MemoryStore();
        server = new Settings(0, 16, 4).bind(store);
        serving = new FutureTask<>(() -> {
            server.serve(() -> {
            });
            return null;
        });
        new Thread(serving, "server").start();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        store.release();
        server.stop();
        awaitEnd();
        for (LineClient client : clients) {
            client.close();
        }
    }

    MemoryStore store() {
        return store;
    }

    int port() throws IOException {
        return server.address().getPort();
    }

    LineClient connect() throws IOException {
        LineClient client = new LineClient(port());
        clients.add(client);
        return client;
    }

    void stop() {
        server.stop();
    }

    void awaitEnd() throws Exception {
        serving.get(10, SECONDS);
    }

    record Settings(int port, int maxLineBytes, int maxConnections) implements CollectorConfig, LimitsConfig {

        LineServer bind(LineStore store) throws IOException {
            return LineServer.bind(this, () -> this, store);
        }

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public Path journal() {
            throw new UnsupportedOperationException("the store was given to this server");
        }
    }
}
