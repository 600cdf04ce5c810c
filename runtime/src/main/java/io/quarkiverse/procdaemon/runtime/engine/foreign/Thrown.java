package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** What code of others has thrown, after the one look at it: data, and an exception that may be handed on. Immutable. */
public final class Thrown {

    /** The most characters of a message that are kept. */
    public static final int MESSAGE = 1000;
    private static final int FRAMES = 100;
    private static final int TEXT_HANDED_ON = 16 * 1024;
    private static final StackTraceElement[] NO_FRAMES = {};

    /** Stands for one that could not be looked at for want of memory. */
    public static final Thrown NO_MEMORY = new Thrown(new OutOfMemoryError("while a failure was looked at"),
            OutOfMemoryError.class.getName(), "while a failure was looked at", OutOfMemoryError.class.getName(), false);

    private final Throwable throwable;
    private final String type;
    private final String message;
    private final String stack;
    private final boolean wayOut;

    private Thrown(Throwable throwable, String type, String message, String stack, boolean wayOut) {
        this.throwable = throwable;
        this.type = type;
        this.message = message;
        this.stack = stack;
        this.wayOut = wayOut;
    }

    /**
     * Looks at it, once; to be called on the thread that ran the code which threw it, since its methods may block. Never
     * throws.
     *
     * @param thrown may be null, as it is where nothing was thrown
     * @param mask takes the secrets out of a text; returns the text itself if there is none in it
     * @return null if {@code thrown} is
     */
    public static Thrown of(Throwable thrown, UnaryOperator<String> mask) {
        if (thrown == null) {
            return null;
        }
        try {
            Look look = Look.at(thrown, mask);
            Throwable handedOn = look.isHarmless(TEXT_HANDED_ON) ? thrown : StandIn.of(look.links());
            Look.Link itself = look.links().get(0);
            return new Thrown(handedOn, itself.type(), itself.message(), look.text(FRAMES),
                    look.isWayOut());
        } catch (OutOfMemoryError full) {
            return NO_MEMORY;
        } catch (Throwable failure) {
            return unseen(thrown, "(it cannot be looked at)");
        }
    }

    /** The same for what is thrown by the daemon itself, whose words hold no secret that was not masked before. */
    public static Thrown of(Throwable thrown) {
        return of(thrown, UnaryOperator.identity());
    }

    /** What a stage failed with: the JDK wraps it. Not taken out of a subclass, whose methods are not the JDK's. */
    public static Throwable unwrapped(Throwable failure) {
        return failure != null && failure.getClass() == CompletionException.class && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    /** What is known without a look: its class. For one whose methods do not return. */
    public static Thrown unseen(Throwable thrown) {
        return unseen(thrown, "(its getMessage() did not return)");
    }

    private static Thrown unseen(Throwable thrown, String message) {
        Look.Link link = new Look.Link(thrown.getClass().getName(), message, NO_FRAMES);
        return new Thrown(StandIn.of(List.of(link)), link.type(), link.message(), link.title(),
                WayOut.is(thrown, ""));
    }

    /** Whether a look at it runs code that is not the JDK's, and so may never end. */
    public static boolean mayBlock(Throwable thrown) {
        Throwable next = thrown;
        for (int i = 0; next != null; i++) {
            if (i == FRAMES || next.getClass().getClassLoader() != null || next.getSuppressed().length > 0) {
                return true;
            }
            next = next.getCause();
        }
        return false;
    }

    /** The original if looking at it did no harm, else one that says the same. */
    public Throwable throwable() {
        return throwable;
    }

    /** The failure it is of a run. */
    public Failure failure(SubsystemEvent.Phase phase, long generation, Instant at) {
        return new Failure(type, message, stack, phase, generation, at);
    }

    /** Its stack trace, as in {@link Failure#stack()}. */
    public String stack() {
        return stack;
    }

    /** Whether it is no failure if it was thrown after a stop had begun, but how code leaves a call that was ended under it. */
    public boolean isWayOut() {
        return wayOut;
    }

    /** In one line, as {@link FailureText#of}. */
    public String summary() {
        return FailureText.of(type, message);
    }

    @Override
    public String toString() {
        return summary();
    }
}
