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
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.events.EventBus;
import io.quarkiverse.procdaemon.runtime.engine.events.News;
import io.quarkiverse.procdaemon.runtime.engine.events.ReportText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.loop.Uninterrupted;

/**
 * What is said when a shutdown takes long, and the report of a process that is about to be killed. Nothing here can be trusted
 * any more: a listener, the log or the console may hang or be closed already, so all are notified, each on a platform thread of
 * its own, and none is waited for longer than a quarter of a second.
 */
final class FinalReport {

    private static final Logger LOG = Logger.getLogger(FinalReport.class);
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);

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
        CountDownLatch printed = new CountDownLatch(1);
        threads.start(ThreadKind.PLATFORM, "proc-daemon-last-words", new Everything(source, printed));
        Uninterrupted.await(printed, 2 * PATIENCE);
    }

    /**
     * Says what holds the shutdown up; returns at once.
     *
     * @param printed whether to say it on the console, too, because the log may be closed already
     */
    void delayed(String daemon, Duration after, List<String> blockers, boolean printed) {
        events.tell(new News.ShutdownDelayed(daemon, after, blockers));
        if (printed) {
            threads.start(ThreadKind.PLATFORM, "proc-daemon-warning", new Warning(daemon, after, blockers));
        }
    }

    /** Named classes: they are loaded before the shutdown needs them. */
    private abstract class Words implements Runnable {

        abstract void say();

        /** Nothing more can be expected, and why not has been logged. */
        void over() {
            // Nobody waits.
        }

        @Override
        public void run() {
            try {
                say();
            } catch (Throwable failure) {
                LOG.error("The last words of the daemon were not heard by all", Thrown.of(failure, mask).throwable());
            } finally {
                over();
            }
        }
    }

    private final class Warning extends Words {

        private final String daemon;
        private final Duration after;
        private final List<String> blockers;

        Warning(String daemon, Duration after, List<String> blockers) {
            this.daemon = daemon;
            this.after = after;
            this.blockers = blockers;
        }

        @Override
        void say() {
            process.print(ReportText.delayed(daemon, after, blockers));
        }
    }

    private final class Everything extends Words {

        private final Supplier<ShutdownReport> source;
        private final CountDownLatch printed;

        Everything(Supplier<ShutdownReport> source, CountDownLatch printed) {
            this.source = source;
            this.printed = printed;
        }

        @Override
        void say() {
            ShutdownReport report = source.get();
            List<DaemonListener> listeners = events.listeners();
            CountDownLatch heard = new CountDownLatch(listeners.size());
            for (DaemonListener listener : listeners) {
                threads.start(ThreadKind.PLATFORM, "proc-daemon-last-words", new ToListener(listener, report, heard));
            }
            Uninterrupted.await(heard, PATIENCE);
            process.print(ReportText.of(report));
        }

        @Override
        void over() {
            printed.countDown();
        }
    }

    private final class ToListener extends Words {

        private final DaemonListener listener;
        private final ShutdownReport report;
        private final CountDownLatch heard;

        ToListener(DaemonListener listener, ShutdownReport report, CountDownLatch heard) {
            this.listener = listener;
            this.report = report;
            this.heard = heard;
        }

        @Override
        void say() {
            listener.shutdownEnded(report);
        }

        @Override
        void over() {
            heard.countDown();
        }
    }
}
