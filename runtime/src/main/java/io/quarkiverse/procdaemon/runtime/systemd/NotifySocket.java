package io.quarkiverse.procdaemon.runtime.systemd;

import java.nio.charset.StandardCharsets;

/**
 * Where systemd listens: a Unix datagram socket.
 *
 * @param name as in {@code NOTIFY_SOCKET}
 * @param path as in a socket address; of a socket without a file the first byte is zero
 */
record NotifySocket(String name, byte[] path) {

    /** What fits into a socket address; the last byte stays zero. */
    private static final int LONGEST = 107;

    /** @throws IllegalArgumentException with the reason, if it is none that a process on this machine can reach */
    static NotifySocket of(String name) {
        if (!name.startsWith("/") && !name.startsWith("@")) {
            throw new IllegalArgumentException("it is neither an absolute path nor an abstract name that begins with @");
        }
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length > LONGEST || path.length < 2) {
            throw new IllegalArgumentException(
                    "its " + path.length + " bytes are no name for a socket, which has 2 to " + LONGEST);
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        return new NotifySocket(name, path);
    }
}
