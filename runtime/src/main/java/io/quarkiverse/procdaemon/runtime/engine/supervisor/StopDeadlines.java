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
public record StopDeadlines(Duration grace, Deadline common) {

    /** For a subsystem that stops while the others go on. */
    public static StopDeadlines alone(Duration grace) {
        return new StopDeadlines(grace, null);
    }

    /** For all stopping together: one deadline for the interrupt; {@link Supervisor#abandonAll()} abandons. */
    public static StopDeadlines together(Deadline common) {
        return new StopDeadlines(null, common);
    }

    /**
     * The moment of the interrupt, for a subsystem whose own stop timeout is given; the common one itself unless its own comes
     * first, and then the interrupt needs a timer of its own.
     *
     * @param now the time on the clock
     */
    Deadline interrupt(Duration own, Clock clock, long now) {
        Deadline alone = Deadline.after(clock, now, own);
        return common != null && common.nanos() - alone.nanos() <= 0 ? common : alone;
    }
}
