package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** What user code has thrown, after it was inspected once: data, and an exception that can be passed on. Immutable. */
public final class Thrown {

    /** The maximum number of characters of a message. */
    public static final int MESSAGE = 1000;
    private static final int FRAMES = 100;
    private static final int FRAME = 500;
    private static final int TEXT_HANDED_ON = 16 * 1024;
    private static final Set<String> OURS = Set.of(SubsystemException.class.getName(),
            SubsystemNotFoundException.class.getName(),
            DaemonStateException.class.getName(), InvalidConfigurationException.class.getName());
    private static final StackTraceElement[] NO_FRAMES = {};
    /** What is called on an exception, directly or by {@code toString()}. */
    private static final List<String> CALLED = List.of("getMessage", "getLocalizedMessage", "toString", "getCause",
            "getStackTrace");
    private static final String SQL_STATE_OF_A_WRONG_PASSWORD = "28";

    /** Stands for an exception that could not be inspected for lack of memory. */
    public static final Thrown NO_MEMORY = new Thrown(new OutOfMemoryError("while a failure was looked at"),
            OutOfMemoryError.class.getName(), "while a failure was looked at", OutOfMemoryError.class.getName(), false,
            List.of());

    private final Throwable throwable;
    private final String type;
    private final String message;
    private final String stack;
    private final boolean wayOut;
    private final List<Look.Link> links;

    private Thrown(Throwable throwable, String type, String message, String stack, boolean wayOut, List<Look.Link> links) {
        this.throwable = throwable;
        this.type = type;
        this.message = message;
        this.stack = stack;
        this.wayOut = wayOut;
        this.links = links;
    }

    /**
     * Inspects an exception, once; to be called on the thread that ran the code which threw it, since its methods may block.
     * Never throws.
     *
     * @param thrown null if nothing was thrown
     * @param mask removes secrets from a text; returns the same text if it contains none
     * @return null if {@code thrown} is
     */
    public static @Nullable Thrown of(@Nullable Throwable thrown, UnaryOperator<String> mask) {
        if (thrown == null) {
            return null;
        }
        try {
            Look look = Look.at(thrown, mask);
            Throwable handedOn = look.isHarmless(TEXT_HANDED_ON) ? thrown : StandIn.of(look.links());
            Look.Link itself = look.links().get(0);
            return new Thrown(handedOn, itself.type(), itself.message(), text(look.links(), FRAMES),
                    look.isWayOut(), look.links());
        } catch (OutOfMemoryError full) {
            return NO_MEMORY;
        } catch (Throwable failure) {
            return unseen(thrown, "(it cannot be looked at)");
        }
    }

    /** The same for exceptions of the daemon itself, whose messages contain no unmasked secrets. */
    public static @Nullable Thrown of(@Nullable Throwable thrown) {
        return of(thrown, UnaryOperator.identity());
    }

    /** The failure of a stage, which the JDK wraps. Subclasses are not unwrapped, since their methods are not the JDK's. */
    public static @Nullable Throwable unwrapped(@Nullable Throwable failure) {
        return failure != null && failure.getClass() == CompletionException.class && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    /** Without inspection, only by its class: for an exception whose methods do not return. */
    public static Thrown unseen(Throwable thrown) {
        return unseen(thrown, "(its getMessage() did not return)");
    }

    private static Thrown unseen(Throwable thrown, String message) {
        Look.Link link = new Look.Link(thrown.getClass(), message, NO_FRAMES, "");
        return new Thrown(StandIn.of(List.of(link)), link.type(), link.message(), link.title(),
                Look.isWayOut(thrown, ""), List.of(link));
    }

    /** The stack trace with at most so many frames, including those of the causes. */
    private static String text(List<Look.Link> links, int mostFrames) {
        StringBuilder text = new StringBuilder();
        int left = mostFrames;
        for (Look.Link link : links) {
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

    /** Whether inspecting it calls code outside of the JDK, which may never return. */
    public static boolean mayBlock(Throwable thrown) {
        Throwable next = thrown;
        for (int i = 0; next != null; i++) {
            if (i == FRAMES || callsOthers(next.getClass()) || next.getSuppressed().length > 0) {
                return true;
            }
            next = next.getCause();
        }
        return false;
    }

    /** Whether inspecting such an exception calls methods that are not the JDK's; most exceptions inherit all of them. */
    private static boolean callsOthers(Class<? extends Throwable> type) {
        if (isOfJdk(type)) {
            return false;
        }
        try {
            for (String method : CALLED) {
                if (!isOfJdk(type.getMethod(method).getDeclaringClass())) {
                    return true;
                }
            }
            return Look.isOfSql(type) && !isOfJdk(type.getMethod("getSQLState").getDeclaringClass());
        } catch (Throwable unknown) {
            // A class of which a part is missing, or a native executable, in which methods cannot be looked up.
            return true;
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    /**
     * Whether it, or a cause, says that something outside of the daemon is unavailable, and none that the password is wrong.
     *
     * @param types the names of exceptions that say so, see {@code subsystem.restart.outages}
     */
    public boolean isOutage(Set<String> types) {
        boolean outage = false;
        for (Look.Link link : links) {
            if (link.sqlState().startsWith(SQL_STATE_OF_A_WRONG_PASSWORD)) {
                return false;
            }
            outage |= link.isOutage(types);
        }
        return outage;
    }

    /** The original if it is safe to pass on, otherwise one that says the same. */
    public Throwable throwable() {
        return throwable;
    }

    /** As the failure of a run. */
    public Failure failure(SubsystemEvent.Phase phase, long generation, Instant at) {
        return new Failure(type, message, stack, phase, generation, at);
    }

    /** Its stack trace, as in {@link Failure#stack()}. */
    public String stack() {
        return stack;
    }

    /** Whether, if thrown after a stop had begun, it is no failure but the way out of a call that the stop has ended. */
    public boolean isWayOut() {
        return wayOut;
    }

    /** On one line, as {@link #summary(Failure)}. */
    public String summary() {
        return summary(type, message);
    }

    @Override
    public String toString() {
        return summary();
    }

    /** The simple name of its class and its message; only the message if the daemon itself detected the failure. */
    public static String summary(Failure failure) {
        return summary(failure.type(), failure.message());
    }

    private static String summary(String type, String message) {
        if (OURS.contains(type)) {
            return PlainText.escape(message);
        }
        String simple = type.substring(type.lastIndexOf('.') + 1);
        int nested = simple.lastIndexOf('$');
        boolean named = nested >= 0 && nested + 1 < simple.length() && !Character.isDigit(simple.charAt(nested + 1));
        String name = named ? simple.substring(nested + 1) : simple;
        return message.isEmpty() ? name : name + ": " + PlainText.escape(message);
    }

    /** Replaces an exception that must not be inspected again: the same message, truncated, and the same stack trace. */
    private static final class StandIn extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String title;

        private StandIn(Look.Link link, @Nullable Throwable cause) {
            super(link.message(), cause, true, true);
            this.title = link.title();
            setStackTrace(link.frames());
        }

        static Throwable of(List<Look.Link> links) {
            StandIn last = null;
            for (int i = links.size(); i-- > 0;) {
                last = new StandIn(links.get(i), last);
            }
            return last;
        }

        /** The frames come from the original. */
        @Override
        public Throwable fillInStackTrace() {
            return this;
        }

        @Override
        public String toString() {
            return title;
        }
    }
}
