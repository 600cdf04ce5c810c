package io.quarkiverse.procdaemon.deployment.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One connection, on which a test sends and reads what it likes. */
final class Client implements AutoCloseable {

    private final Socket socket = new Socket();
    private final StringBuilder received = new StringBuilder();

    Client(URI server) throws IOException {
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), 5_000);
        socket.setSoTimeout(10_000);
    }

    /** Sends a request without a body. */
    Client get(String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n");
    }

    Client send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.US_ASCII));
    }

    Client send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next bytes that come. Only for what begins with none that {@link #await} may have read already. */
    byte[] read(int length) throws IOException {
        return socket.getInputStream().readNBytes(length);
    }

    /** Reads until this text has come, and forgets all up to there. */
    Client await(String text) throws IOException {
        byte[] chunk = new byte[4096];
        int at;
        while ((at = received.indexOf(text)) < 0) {
            int length = socket.getInputStream().read(chunk);
            if (length < 0) {
                throw new IOException("closed, with '" + received + "' instead of '" + text + "'");
            }
            received.append(new String(chunk, 0, length, StandardCharsets.US_ASCII));
        }
        received.delete(0, at + text.length());
        return this;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
