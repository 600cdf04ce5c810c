package io.quarkiverse.procdaemon.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that nobody listens on, for servers that must be given one. It lies below those that the system gives out, so no other
 * process gets it by chance while the server is down. None is returned twice, since the server of the first may not be there
 * yet; and the JVMs of tests that run side by side, whose numbers are near, begin far from each other.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;
    private static final int APART = 101;

    private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * APART % COUNT));

    private FreePort() {
    }

    public static int any() {
        for (int attempt = 1;; attempt++) {
            int port = FIRST + NEXT.getAndIncrement() % COUNT;
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                if (attempt == 100) {
                    throw new UncheckedIOException(taken);
                }
            }
        }
    }
}
