package io.quarkiverse.procdaemon.runtime.engine.foreign;

import java.util.List;

/** Takes the place of an exception that must not be looked at again: the same words, cut, and the same stack. */
final class StandIn extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String title;

    private StandIn(Look.Link link, Throwable cause) {
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
