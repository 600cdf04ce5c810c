package io.quarkiverse.procdaemon.runtime.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.DaemonStatus;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownCoordinator;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.Supervisor;

/**
 * What happens after a bug in the supervisor: what a message should have changed may be half changed, and cannot be mended by
 * those who do not know what that is. The daemon ends in order, and nobody waits for what may never come. Confined to the event
 * loop.
 */
final class BugResponse implements Message.Step {

    private static final Logger LOG = Logger.getLogger(BugResponse.class);

    /** After how many nanoseconds what has failed is tried again, if nothing else happens. */
    static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final Supervisor supervisor;
    private final DaemonStatus status;
    private final ShutdownCoordinator shutdown;
    /** The last one; null if the state is as the decisions made it. */
    private @Nullable Throwable bug;

    BugResponse(Supervisor supervisor, DaemonStatus status, ShutdownCoordinator shutdown) {
        this.supervisor = supervisor;
        this.status = status;
        this.shutdown = shutdown;
    }

    void failed(Throwable thrown) {
        if (bug == null) {
            LOG.error("The supervisor failed on a message, so its state may be wrong; the daemon shuts down with exit code 1",
                    thrown);
        } else {
            LOG.debug("The supervisor failed on one more message", thrown);
        }
        bug = thrown;
    }

    /** There was no memory, which is no bug, but leaves the same behind. */
    void outOfMemory(OutOfMemoryError full) {
        bug = full;
        shutdown.outOfMemory();
    }

    boolean isNeeded() {
        return bug != null;
    }

    /** The daemon starts again. */
    void forget() {
        bug = null;
    }

    /** To be taken after each message, each whatever becomes of the others. */
    List<Runnable> steps() {
        ShutdownReason reason = new ShutdownReason.Requested("an internal error: " + bug);
        DaemonStateException failure = new DaemonStateException(ErrorCode.WRONG_STATE,
                "the daemon shuts down because of an internal error: " + bug);
        Runnable stopAll = () -> supervisor.stopAfter(failure, reason);
        // Also before the stop: it must not be over by counts that may be wrong.
        return List.of(stopAll, () -> shutdown.request(1, reason, true), () -> status.startFailed(failure), shutdown::stopNow,
                stopAll);
    }

    /** For the next try: there may be no other message after which it is made. */
    @Override
    public void run() {
        // The steps are taken after it, as after each.
    }

    /** False if it failed. */
    static boolean attempt(Runnable step) {
        try {
            step.run();
            return true;
        } catch (Throwable again) {
            LOG.debug("A step of the shutdown after an internal error failed, and is tried again", again);
            return false;
        }
    }
}
