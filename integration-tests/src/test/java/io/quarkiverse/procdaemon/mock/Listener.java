package io.quarkiverse.procdaemon.mock;

import java.io.IOException;
import java.net.ServerSocket;

import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;

/** Has a port while it runs. */
@Subsystem
class Listener {

    static volatile ServerSocket socket;

    @OnStart
    void open() throws IOException {
        socket = new ServerSocket(0);
    }

    @OnStop
    void close() throws IOException {
        socket.close();
    }

    @Healthy
    boolean isOpen() {
        return !socket.isClosed();
    }
}
