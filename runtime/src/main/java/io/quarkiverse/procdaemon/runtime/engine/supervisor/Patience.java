package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;

import io.quarkiverse.procdaemon.runtime.engine.time.Clock;
import io.quarkiverse.procdaemon.runtime.engine.time.Deadline;

/**
 * How long a run that is to end is waited for.
 *
 * @param grace from its interrupt until it is abandoned; null if that is decided for all together
 * @param common when all that still stop are interrupted; null if each has only its own time
 */
public record Patience(Duration grace, Deadline common) {

    /** For a subsystem that stops while the others go on. */
    public static Patience alone(Duration grace) {
        return new Patience(grace, null);
    }

    /** For all stopping together: one deadline for the interrupt, and whoever set it says when to abandon. */
    public static Patience together(Deadline common) {
        return new Patience(null, common);
    }

    /**
     * The moment of the interrupt, for a subsystem whose own stop time-out is given; the common one itself unless its own comes
     * first, and then the interrupt wants a timer of its own.
     *
     * @param now the time on the ticker
     */
    Deadline forced(Duration own, Clock ticker, long now) {
        Deadline alone = Deadline.after(ticker, now, own);
        return common != null && common.nanos() - alone.nanos() <= 0 ? common : alone;
    }
}
