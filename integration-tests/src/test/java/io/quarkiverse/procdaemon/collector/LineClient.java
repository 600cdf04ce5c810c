package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client of the line collector. */
final class LineClient implements AutoCloseable {

    private static final int TIMEOUT = 30_000;

    private final Socket socket;
    private final InputStream answers;

    LineClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT);
        answers = new BufferedInputStream(socket.getInputStream());
    }

    LineClient send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    LineClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next whole answer, or null when there will be none. */
    String answer() throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int next; (next = answers.read()) >= 0; answer.write(next)) {
            if (next == '\n') {
                return answer.toString(UTF_8);
            }
        }
        return null;
    }

    /** All answers until the server closes its side. */
    List<String> answers() throws IOException {
        List<String> all = new ArrayList<>();
        for (String answer; (answer = answer()) != null;) {
            all.add(answer);
        }
        return all;
    }

    /** Says that no more lines follow and takes the answers left. */
    List<String> finish() throws IOException {
        socket.shutdownOutput();
        return answers();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
