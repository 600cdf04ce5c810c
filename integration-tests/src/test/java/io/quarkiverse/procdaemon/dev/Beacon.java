package io.quarkiverse.procdaemon.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;

/** Tells its version to whoever connects, and blocks in {@code accept} otherwise. */
@Subsystem
public class Beacon {

    static final int PORT = 17171;

    private static final String VERSION = "version 1";

    private ServerSocket server;

    @OnStart
    void open() throws IOException {
        server = new ServerSocket(PORT, 50, InetAddress.getLoopbackAddress());
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
