package io.quarkiverse.procdaemon.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program for a user of its own: opens connections to a socket and keeps them, until its input ends. It uses only the JDK, so
 * that this class alone can be copied to where that user may read it.
 */
final class Crowd {

    private static final String REQUEST = "GET /v1/daemon HTTP/1.1\r\nHost: d\r\n\r\n";

    private Crowd() {
    }

    /** The arguments are the path of the socket, the number of connections, and whether each sends a request. */
    public static void main(String[] arguments) throws IOException {
        List<SocketChannel> all = new ArrayList<>();
        List<String> statuses = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(arguments[0])));
            all.add(client);
            if (arguments[2].equals("true")) {
                statuses.add(status(client));
            }
        }
        System.out.println("connected " + all.size() + ", answered 200: " + statuses.stream().filter("200"::equals).count()
                + ", answered 503: " + statuses.stream().filter("503"::equals).count());
        System.in.readAllBytes();
        for (SocketChannel each : all) {
            each.close();
        }
    }

    private static String status(SocketChannel client) {
        try {
            client.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(12);
            while (answer.hasRemaining() && client.read(answer) >= 0) {
                // "HTTP/1.1 200"
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).replaceFirst(".* ", "");
        } catch (IOException refusedWithoutWords) {
            return "none";
        }
    }
}
