package io.quarkiverse.procdaemon.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;

/** Sends its version to each client, and blocks in {@code accept} otherwise. */
@Subsystem
public class Beacon {

    private static final String VERSION = "version 1";

    @ConfigProperty(name = "beacon.port")
    int port;

    private ServerSocket server;

    @OnStart
    void open() throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    @Run
    void shine(ShutdownHandle shutdown) throws IOException {
        shutdown.onShutdown(this::close);
        while (!shutdown.isShutdown()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(VERSION.getBytes(StandardCharsets.UTF_8));
            } catch (IOException closed) {
                if (!shutdown.isShutdown()) {
                    throw closed;
                }
            }
        }
    }

    private void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
