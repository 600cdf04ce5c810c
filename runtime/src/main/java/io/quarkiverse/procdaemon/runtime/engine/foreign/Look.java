package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.UnavailableException;

/**
 * Inspects an exception, its causes and its suppressed exceptions: each method is called once, and whatever it throws is noted.
 * The findings are kept for the exception itself and its causes.
 */
final class Look {

    /** Further causes are ignored. */
    private static final int CAUSES = 20;
    private static final int SUPPRESSED = 100;
    /** Of a longer text only the beginning is inspected, and the exception is not passed on. */
    private static final int MASKED = 16 * 1024;

    /**
     * One exception of the chain of causes.
     *
     * @param exact its class
     * @param message its message, truncated; empty if it has none
     * @param frames its stack trace
     * @param sqlState its SQLState; empty if it has none
     */
    record Link(Class<?> exact, String message, StackTraceElement[] frames, String sqlState) {

        String type() {
            return exact.getName();
        }

        /** Whether it says that something outside of the daemon is unavailable. */
        boolean isOutage(Set<String> types) {
            // Agroal's pool throws a plain SQLException without an SQLState when no connection becomes free in time.
            boolean noConnection = message.contains("cquisition timeout") && frames.length > 0
                    && frames[0].getClassName().startsWith("io.agroal.");
            if (noConnection || sqlState.startsWith("08") || STOPPING_DATABASE.contains(sqlState)) {
                return true;
            }
            for (Class<?> type = exact; type != null; type = type.getSuperclass()) {
                String name = type.getName();
                if (type == UnavailableException.class || types.contains(name)
                        || types.contains(name.substring(name.lastIndexOf('.') + 1))) {
                    return true;
                }
            }
            return false;
        }

        /** The first line of its stack trace. */
        String title() {
            return message.isEmpty() ? type() : type() + ": " + PlainText.escape(message);
        }
    }

    /** Distinguished from others, such as "Connection reset", only by the message. */
    private static final Set<String> CLOSED_SOCKET = Set.of("Socket closed", "Socket is closed", "Closed by interrupt");

    /** SQLStates by which PostgreSQL says that it shuts down, has crashed or is starting. */
    private static final Set<String> STOPPING_DATABASE = Set.of("57P01", "57P02", "57P03");

    private static final List<StackTraceElement> NO_FRAME = Collections.singletonList(null);

    private final Map<Throwable, Boolean> seen = new IdentityHashMap<>();
    private final List<Link> links = new ArrayList<>(2);
    private final UnaryOperator<String> mask;
    private long length;
    private boolean harmful;
    private boolean wayOut;

    private Look(UnaryOperator<String> mask) {
        this.mask = mask;
    }

    /** @param mask removes secrets from a text; printing the exception itself would show them */
    static Look at(Throwable thrown, UnaryOperator<String> mask) {
        Look look = new Look(mask);
        look.visitCauses(thrown);
        return look;
    }

    /** Whether it is an {@code SQLException}; does not load that class for others. */
    static boolean isOfSql(Class<?> type) {
        for (Class<?> next = type; next != null; next = next.getSuperclass()) {
            if (next.getName().equals("java.sql.SQLException")) {
                return true;
            }
        }
        return false;
    }

    /** The exception itself and its causes, each once. */
    List<Link> links() {
        return links;
    }

    /** Whether the exception can be passed on: none of its methods threw, and it has no more text than that. */
    boolean isHarmless(int mostText) {
        return !harmful && length <= mostText;
    }

    /** Whether it or a cause is typical of code that is being stopped, see {@link #isWayOut(Throwable, String)}. */
    boolean isWayOut() {
        return wayOut;
    }

    private void visitCauses(Throwable thrown) {
        Throwable next = thrown;
        while (next != null && seen.put(next, true) == null && links.size() < CAUSES) {
            Link link = link(next);
            links.add(link);
            wayOut |= isWayOut(next, link.message());
            visitSuppressed(next);
            next = causeOf(next);
        }
        // A cycle or an endless chain of causes would keep other code busy.
        harmful |= next != null;
    }

    private void visitSuppressed(Throwable thrown) {
        Throwable[] suppressed = thrown.getSuppressed();
        for (Throwable one : suppressed) {
            if (seen.size() > SUPPRESSED) {
                harmful = true;
                return;
            }
            for (Throwable next = one; next != null && seen.put(next, true) == null; next = causeOf(next)) {
                link(next);
                visitSuppressed(next);
                if (seen.size() > SUPPRESSED) {
                    harmful = true;
                    return;
                }
            }
        }
    }

    private Link link(Throwable thrown) {
        String message = messageOf(thrown);
        textOf(thrown);
        return new Link(thrown.getClass(), PlainText.cut(message, Thrown.MESSAGE), framesOf(thrown), sqlStateOf(thrown));
    }

    private String sqlStateOf(Throwable thrown) {
        try {
            String state = isOfSql(thrown.getClass()) ? ((SQLException) thrown).getSQLState() : "";
            return state == null ? "" : state;
        } catch (Throwable failure) {
            return failed("getSQLState", failure);
        }
    }

    private String messageOf(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            length += message == null ? 0 : message.length();
            return message == null ? "" : masked(message);
        } catch (Throwable failure) {
            return failed("getMessage", failure);
        }
    }

    /** Printing a stack trace calls this; it is usually the message with the name of the class. */
    private void textOf(Throwable thrown) {
        try {
            String text = thrown.toString();
            length += text == null ? 0 : Math.max(0, text.length() - thrown.getClass().getName().length());
            masked(text);
        } catch (Throwable failure) {
            failed("toString", failure);
        }
    }

    /** Before truncation, since half of a secret would not be recognized. */
    private @Nullable String masked(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String begin = PlainText.cut(text, MASKED);
        String masked = mask.apply(begin);
        harmful |= !masked.equals(begin);
        return masked;
    }

    private StackTraceElement[] framesOf(Throwable thrown) {
        try {
            StackTraceElement[] frames = thrown.getStackTrace();
            if (frames != null) {
                StackTraceElement[] there = withoutNull(frames);
                harmful |= there.length < frames.length;
                return there;
            }
            harmful = true;
        } catch (Throwable failure) {
            failed("getStackTrace", failure);
        }
        return new StackTraceElement[0];
    }

    private @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable failure) {
            failed("getCause", failure);
            return null;
        }
    }

    private String failed(String method, Throwable failure) {
        if (failure instanceof OutOfMemoryError full) {
            // Every further attempt would cost several garbage collections.
            throw full;
        }
        harmful = true;
        return "(its " + method + "() threw " + failure.getClass().getName() + ")";
    }

    private static StackTraceElement[] withoutNull(StackTraceElement[] frames) {
        List<StackTraceElement> there = new ArrayList<>(Arrays.asList(frames));
        there.removeAll(NO_FRAME);
        return there.toArray(new StackTraceElement[0]);
    }

    /** An exception after the beginning of a stop may be just the way out of a call that the stop has ended. */
    static boolean isWayOut(Throwable one, String message) {
        return one instanceof InterruptedException || one instanceof ClosedChannelException
                || one instanceof ClosedSelectorException || one instanceof CancellationException
                || one instanceof InterruptedIOException && !(one instanceof SocketTimeoutException)
                || one instanceof SocketException && CLOSED_SOCKET.contains(message);
    }
}
