package io.quarkiverse.procdaemon.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;

@Subsystem("receiver")
class Receiver {

    @Inject
    OrderBook book;

    @ConfigProperty(name = "receiver.port")
    int port;

    private volatile ServerSocket server;

    @OnStart
    void open() throws IOException {
        server = new ServerSocket(port);
    }

    @Run
    void serve(ShutdownHandle shutdown) throws Exception {
        shutdown.onShutdown(this::close); // ends accept()
        while (!shutdown.isShutdown()) {
            try (Socket client = server.accept()) {
                book.add(new String(client.getInputStream().readAllBytes(), UTF_8));
            }
        }
    }

    @OnStop
    void close() {
        try {
            server.close();
        } catch (IOException notClosed) {
            throw new UncheckedIOException(notClosed);
        }
    }

    int port() {
        return server.getLocalPort();
    }
}
