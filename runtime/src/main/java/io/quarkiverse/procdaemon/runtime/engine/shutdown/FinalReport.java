package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.events.SubsystemListener;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;

/**
 * What is said when a shutdown takes long, and the report of a process that is about to be killed. Nothing here can be trusted
 * any more: a listener, the log or the console may hang or be closed already, so all are told, each on a platform thread of its
 * own, and none is waited for longer than a quarter of a second.
 */
final class FinalReport {

    private static final Logger LOG = Logger.getLogger(FinalReport.class);
    private static final long MILLIS = 250;

    private final Threads threads;
    private final UnaryOperator<String> mask;
    private final EventBus events;
    private final ProcessControl process;

    /** @param mask takes the secrets out of what listeners throw */
    FinalReport(Threads threads, EventBus events, ProcessControl process, UnaryOperator<String> mask) {
        this.threads = threads;
        this.mask = mask;
        this.events = events;
        this.process = process;
    }

    /** Returns within half a second. */
    void say(Supplier<ShutdownReport> source) {
        List<SubsystemListener> listeners = events.listeners();
        CountDownLatch heard = new CountDownLatch(listeners.size());
        CountDownLatch printed = new CountDownLatch(1);
        aside(() -> {
            ShutdownReport report = source.get();
            listeners.forEach(listener -> aside(() -> listener.shutdownEnded(report), heard));
            await(heard);
            process.print(ReportText.of(report));
        }, printed);
        Uninterrupted.await(() -> printed.await(2 * MILLIS, TimeUnit.MILLISECONDS));
    }

    /**
     * Says what holds the shutdown up; returns at once.
     *
     * @param printed whether to say it on the console, too, because the log may be closed already
     */
    void delayed(String daemon, Duration after, List<String> held, boolean printed) {
        events.tell(listener -> listener.shutdownDelayed(daemon, after, held));
        if (printed) {
            aside("proc-daemon-warning", () -> process.print(ReportText.delayed(daemon, after, held)));
        }
    }

    /** @param over counted down when nothing more can be expected of them, and why not has been logged */
    private void aside(Runnable words, CountDownLatch over) {
        aside("proc-daemon-last-words", () -> {
            try {
                runLogged(words);
            } finally {
                over.countDown();
            }
        });
    }

    private void aside(String thread, Runnable words) {
        threads.start(ThreadKind.PLATFORM, thread, () -> runLogged(words));
    }

    private void runLogged(Runnable words) {
        try {
            words.run();
        } catch (Throwable failure) {
            LOG.error("The last words of the daemon were not heard by all", Thrown.of(failure, mask).throwable());
        }
    }

    private static boolean await(CountDownLatch latch) {
        return Uninterrupted.await(() -> latch.await(MILLIS, TimeUnit.MILLISECONDS));
    }
}
