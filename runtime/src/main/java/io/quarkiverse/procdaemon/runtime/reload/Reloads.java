package io.quarkiverse.procdaemon.runtime.reload;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;

/**
 * The one queue of reloads, whoever asks for them: one at a time, and what is asked for while one is under way is one more
 * together, since the first may have read before the change that the second is about. Any thread may call the methods; they do
 * not block.
 */
public final class Reloads {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.procdaemon");

    private final Attempt reload;
    private final Consumer<ReloadResult> told;
    private final Threads threads;
    private final BooleanSupplier ending;
    /** Asked for and not begun; null if nothing is. Guarded by this, as what follows. */
    private CompletableFuture<ReloadResult> waiting;
    private boolean open;
    private boolean busy;
    private boolean closed;

    /** One reload. */
    @FunctionalInterface
    interface Attempt {

        /** Says what became of it. Whatever it throws becomes of it for those that wait. */
        ReloadResult run() throws Exception;
    }

    /**
     * @param told hears what became of each, on the thread of the reload
     * @param ending whether the daemon is shutting down
     */
    Reloads(Attempt reload, Consumer<ReloadResult> told, Threads threads, BooleanSupplier ending) {
        this.reload = reload;
        this.told = told;
        this.threads = threads;
        this.ending = ending;
    }

    /**
     * Asks for a reload.
     *
     * @param by who, as it stands in the log
     */
    public CompletionStage<ReloadResult> request(String by) {
        CompletableFuture<ReloadResult> asked;
        synchronized (this) {
            if (closed || ending.getAsBoolean()) {
                LOG.infof("%s: the configuration is not read anew, since the daemon is shutting down", by);
                return CompletableFuture.failedFuture(shuttingDown());
            }
            LOG.infof(
                    open ? "%s: the configuration is read anew"
                            : "%s: the configuration will be read anew when the daemon runs",
                    by);
            if (waiting == null) {
                waiting = new CompletableFuture<>();
            }
            asked = waiting;
        }
        proceed();
        // Whoever gets it must not complete it for the others.
        return asked.copy();
    }

    /** The daemon runs: from now on, and with what was asked for before. */
    public void open() {
        synchronized (this) {
            open = true;
        }
        proceed();
    }

    /** The daemon shuts down: what has not begun does not begin any more. */
    public void close() {
        CompletableFuture<ReloadResult> dropped;
        synchronized (this) {
            closed = true;
            dropped = waiting;
            waiting = null;
        }
        if (dropped != null) {
            LOG.info("A reload that was asked for is dropped, since the daemon is shutting down");
            dropped.completeExceptionally(shuttingDown());
        }
    }

    private void proceed() {
        synchronized (this) {
            if (!open || busy || waiting == null) {
                return;
            }
            busy = true;
        }
        try {
            threads.start(ThreadKind.PLATFORM, "proc-daemon-reload", this::work);
        } catch (Throwable noThread) {
            CompletableFuture<ReloadResult> lost = giveUp();
            if (lost != null) {
                lost.completeExceptionally(noThread);
            }
        }
    }

    private synchronized CompletableFuture<ReloadResult> giveUp() {
        CompletableFuture<ReloadResult> lost = waiting;
        waiting = null;
        busy = false;
        return lost;
    }

    private void work() {
        for (CompletableFuture<ReloadResult> next = take(); next != null; next = take()) {
            try {
                ReloadResult result = reload.run();
                told.accept(result);
                next.complete(result);
            } catch (Throwable thrown) {
                LOG.debug("A reload came to no result", thrown);
                next.completeExceptionally(thrown);
            }
        }
    }

    private synchronized CompletableFuture<ReloadResult> take() {
        CompletableFuture<ReloadResult> next = waiting;
        waiting = null;
        busy = next != null;
        return next;
    }

    private static DaemonStateException shuttingDown() {
        return new DaemonStateException(ErrorCode.WRONG_STATE,
                "the configuration is not read anew, since the daemon is shutting down");
    }
}
