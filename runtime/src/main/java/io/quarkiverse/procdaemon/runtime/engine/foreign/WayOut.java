package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Whether an exception after the beginning of a stop is just the way out of a call that the stop has ended. */
final class WayOut {

    /** Distinguished from others, such as "Connection reset", only by the message. */
    private static final Set<String> CLOSED_SOCKET = Set.of("Socket closed", "Socket is closed", "Closed by interrupt");

    private WayOut() {
    }

    /** Whether this applies to the exception itself, whatever its causes are. */
    static boolean is(Throwable one, String message) {
        return one instanceof InterruptedException || one instanceof ClosedChannelException
                || one instanceof ClosedSelectorException || one instanceof CancellationException
                || one instanceof InterruptedIOException && !(one instanceof SocketTimeoutException)
                || one instanceof SocketException && CLOSED_SOCKET.contains(message);
    }

}
