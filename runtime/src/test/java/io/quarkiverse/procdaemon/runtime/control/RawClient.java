package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A client that sends whatever it is given. Closed after a while, so that no test hangs. */
final class RawClient implements AutoCloseable {

    private static final ScheduledExecutorService GUARD = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "guard");
        thread.setDaemon(true);
        return thread;
    });

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(64 * 1024).limit(0);
    private final java.util.concurrent.Future<?> guard;

    RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        guard = GUARD.schedule(() -> {
            channel.close();
            return null;
        }, 30, TimeUnit.SECONDS);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    void endOfInput() throws IOException {
        channel.shutdownOutput();
    }

    private int read() throws IOException {
        if (!input.hasRemaining()) {
            input.clear();
            int count = channel.read(input);
            input.flip();
            if (count < 0) {
                return -1;
            }
        }
        return input.get() & 0xff;
    }

    /** To the end of a line, without it; null at the end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next != '\n'; next = read()) {
            if (next < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            line.append((char) next);
        }
        return line.toString().replace("\r", "");
    }

    /** A whole answer with a length; the connection stays. */
    String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        int length = 0;
        for (String line = line(); line != null; line = line()) {
            answer.append(line).append("\r\n");
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            } else if (line.isEmpty()) {
                break;
            }
        }
        for (int i = 0; i < length; i++) {
            answer.append((char) read());
        }
        return answer.toString();
    }

    /** To the end of the connection. */
    String readAll() throws IOException {
        StringBuilder all = new StringBuilder();
        try {
            for (int next = read(); next >= 0; next = read()) {
                all.append((char) next);
            }
        } catch (java.net.SocketException reset) {
            all.append("<reset>");
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        guard.cancel(false);
        channel.close();
    }
}
