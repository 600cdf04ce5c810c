package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
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

/**
 * Inspects an exception, its causes and its suppressed exceptions: each method is called once, and whatever it throws is noted.
 * The findings are kept for the exception itself and its causes.
 */
final class Look {

    /** Further causes are ignored. */
    private static final int CAUSES = 20;
    private static final int SUPPRESSED = 100;
    private static final int FRAME = 500;
    /** Of a longer text only the beginning is inspected, and the exception is not passed on. */
    private static final int MASKED = 16 * 1024;

    /**
     * One exception of the chain of causes.
     *
     * @param type its class
     * @param message its message, truncated; empty if it has none
     * @param frames its stack trace
     */
    record Link(String type, String message, StackTraceElement[] frames) {

        /** The first line of its stack trace. */
        String title() {
            return message.isEmpty() ? type : type + ": " + PlainText.escape(message);
        }
    }

    /** Distinguished from others, such as "Connection reset", only by the message. */
    private static final Set<String> CLOSED_SOCKET = Set.of("Socket closed", "Socket is closed", "Closed by interrupt");

    /** What is called on an exception, directly or by {@code toString()}. */
    private static final List<String> CALLED = List.of("getMessage", "getLocalizedMessage", "toString", "getCause",
            "getStackTrace");

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

    /** Whether inspecting such an exception calls methods that are not the JDK's; most exceptions inherit all of them. */
    static boolean callsOthers(Class<? extends Throwable> type) {
        if (type.getClassLoader() == null) {
            return false;
        }
        try {
            for (String method : CALLED) {
                if (type.getMethod(method).getDeclaringClass().getClassLoader() != null) {
                    return true;
                }
            }
            return false;
        } catch (Throwable unknown) {
            // A class of which a part is missing, or a native executable, in which methods cannot be looked up.
            return true;
        }
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

    /** The stack trace with at most so many frames, including those of the causes. */
    String text(int mostFrames) {
        StringBuilder text = new StringBuilder();
        int left = mostFrames;
        for (Link link : links) {
            text.append(text.isEmpty() ? "" : "\nCaused by: ").append(link.title());
            int shown = Math.min(left, link.frames().length);
            for (int i = 0; i < shown; i++) {
                text.append("\n\tat ").append(PlainText.escape(PlainText.cut(String.valueOf(link.frames()[i]), FRAME)));
            }
            left -= shown;
            if (shown < link.frames().length) {
                text.append("\n\t... ").append(link.frames().length - shown).append(" more");
            }
        }
        return text.toString();
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
        return new Link(thrown.getClass().getName(), PlainText.cut(message, Thrown.MESSAGE), framesOf(thrown));
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
