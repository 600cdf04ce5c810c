package io.quarkiverse.procdaemon.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;

class Orders {

    static void send(String order, int port) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(order.getBytes(UTF_8));
        }
    }
}
