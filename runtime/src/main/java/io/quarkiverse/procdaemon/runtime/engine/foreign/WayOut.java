package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Whether what was thrown after a stop had begun is just how code gets out of a call that was ended under it. */
final class WayOut {

    /** The JDK tells it from others, such as "Connection reset", by its message only. */
    private static final Set<String> CLOSED_SOCKET = Set.of("Socket closed", "Socket is closed", "Closed by interrupt");

    private WayOut() {
    }

    /** Whether it is so by itself, whatever its causes are. */
    static boolean is(Throwable one, String message) {
        return one instanceof InterruptedException || one instanceof ClosedChannelException
                || one instanceof ClosedSelectorException || one instanceof CancellationException
                || one instanceof InterruptedIOException && !(one instanceof SocketTimeoutException)
                || one instanceof SocketException && CLOSED_SOCKET.contains(message);
    }

}
