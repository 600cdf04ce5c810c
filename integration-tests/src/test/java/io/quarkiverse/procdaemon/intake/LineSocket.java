package io.quarkiverse.procdaemon.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A server socket that sends each byte it gets back, one connection after the other. */
final class LineSocket {

    private final ServerSocket server;
    private final int port;

    LineSocket(int port) throws IOException {
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.port = server.getLocalPort();
    }

    int port() {
        return port;
    }

    void close() {
        try {
            server.close();
        } catch (IOException cannot) {
            throw new UncheckedIOException(cannot);
        }
    }

    /** Returns when the socket has been closed. */
    void serve(Runnable work) throws IOException {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                int data = connection.getInputStream().read();
                work.run();
                connection.getOutputStream().write(data);
            } catch (SocketException closed) {
                if (!server.isClosed()) {
                    throw closed;
                }
            }
        }
    }

    /** Whether what listens on the port has answered; false if nothing listens. */
    static boolean answers(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write('x');
            return socket.getInputStream().read() == 'x';
        } catch (ConnectException refused) {
            return false;
        }
    }
}
