package io.quarkiverse.procdaemon.runtime.reload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * The queue of reloads: one runs at a time, and all requests that come meanwhile are one more, since the running one may have
 * read the files before the change that the requests are about. Any thread may call the methods; they do not block.
 */
public final class Reloads {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final Attempt reload;
    private final Consumer<ReloadResult> ended;
    private final Threads threads;
    private final BooleanSupplier shuttingDown;
    /** Requested and not begun; null if none is. Guarded by this, as what follows. */
    private @Nullable CompletableFuture<ReloadResult> waiting;
    private boolean open;
    private boolean busy;
    private boolean closed;

    /** One reload. */
    @FunctionalInterface
    interface Attempt {

        /** Returns the result. What it throws is the result for those that wait. */
        ReloadResult run() throws Exception;
    }

    /**
     * @param ended gets the result of each, on the thread of the reload
     * @param shuttingDown whether the daemon is shutting down
     */
    Reloads(Attempt reload, Consumer<ReloadResult> ended, Threads threads, BooleanSupplier shuttingDown) {
        this.reload = reload;
        this.ended = ended;
        this.threads = threads;
        this.shuttingDown = shuttingDown;
    }

    /**
     * Requests a reload.
     *
     * @param by who requests it, for the log
     */
    public CompletionStage<ReloadResult> request(String by) {
        CompletableFuture<ReloadResult> requested;
        synchronized (this) {
            if (closed || shuttingDown.getAsBoolean()) {
                LOG.infof("%s: the configuration is not reloaded, because the daemon is shutting down", by);
                return CompletableFuture.failedFuture(refusal());
            }
            LOG.infof(
                    open ? "%s: reloading the configuration"
                            : "%s: the configuration will be reloaded when the daemon is RUNNING",
                    by);
            if (waiting == null) {
                waiting = new CompletableFuture<>();
            }
            requested = waiting;
        }
        proceed();
        // A caller must not complete it for the others.
        return requested.copy();
    }

    /** The daemon runs: reloads begin, the first with what was requested before. */
    public void open() {
        synchronized (this) {
            open = true;
        }
        proceed();
    }

    /** The daemon shuts down: no further reload begins. */
    public void close() {
        CompletableFuture<ReloadResult> dropped;
        synchronized (this) {
            closed = true;
            dropped = waiting;
            waiting = null;
        }
        if (dropped != null) {
            LOG.info("The pending reload is dropped, because the daemon is shutting down");
            dropped.completeExceptionally(refusal());
        }
    }

    private void proceed() {
        synchronized (this) {
            if (!open || busy || waiting == null) {
                return;
            }
        }
        try {
            threads.start(ThreadKind.PLATFORM, "proc-daemon-reload", this::work);
        } catch (StackOverflowError end) {
            // Nobody knows whether the thread has started. If not, the next request starts one for all.
            throw end;
        } catch (Throwable noThread) {
            CompletableFuture<ReloadResult> lost = giveUp();
            if (lost != null) {
                lost.completeExceptionally(noThread);
            }
        }
    }

    /** Null if a thread works after all. */
    private synchronized @Nullable CompletableFuture<ReloadResult> giveUp() {
        if (busy) {
            return null;
        }
        CompletableFuture<ReloadResult> lost = waiting;
        waiting = null;
        return lost;
    }

    private void work() {
        for (CompletableFuture<ReloadResult> next = takeFirst(); next != null; next = take()) {
            try {
                ReloadResult result = reload.run();
                ended.accept(result);
                next.complete(result);
            } catch (Throwable thrown) {
                LOG.debug("A reload ended without a result", thrown);
                next.completeExceptionally(thrown);
            }
        }
    }

    /** Null if another thread works already. The thread that starts one records nothing: its stack may end in the middle. */
    private synchronized @Nullable CompletableFuture<ReloadResult> takeFirst() {
        return busy ? null : take();
    }

    private synchronized @Nullable CompletableFuture<ReloadResult> take() {
        CompletableFuture<ReloadResult> next = waiting;
        waiting = null;
        busy = next != null;
        return next;
    }

    private static DaemonStateException refusal() {
        return new DaemonStateException(ErrorCode.WRONG_STATE,
                "the configuration is not reloaded, because the daemon is shutting down");
    }
}
