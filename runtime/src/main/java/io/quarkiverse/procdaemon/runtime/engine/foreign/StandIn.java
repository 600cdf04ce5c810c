package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** Replaces an exception that must not be inspected again: the same message, truncated, and the same stack trace. */
final class StandIn extends RuntimeException {

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
