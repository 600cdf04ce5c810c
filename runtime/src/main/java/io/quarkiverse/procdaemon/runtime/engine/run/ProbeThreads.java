package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.MDC;
import org.jboss.logging.NDC;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;

/**
 * The few threads on which all probes are called: platform threads, which busy virtual ones cannot starve, made when they are
 * needed and ended when they are not. There are more of them only while probes would have to wait for long. A probe that hangs
 * takes its thread along: another comes in its place, and that one ends with it.
 */
public final class ProbeThreads {

    private static final int FEW = 4;
    private static final Duration LONG = Duration.ofMillis(100);

    private final Platform platform;
    private final EventLoop<Message> loop;
    private final ArrayDeque<ProbeCall> waiting = new ArrayDeque<>();
    private final Set<ProbeCall> underWay = new HashSet<>();
    private int threads;
    private int idle;
    private int most = FEW;
    private boolean looking;
    /** The one that waited longest when it was last looked. */
    private @Nullable ProbeCall first;

    /** Has no thread yet. */
    public ProbeThreads(Platform platform, EventLoop<Message> loop) {
        this.platform = platform;
        this.loop = loop;
    }

    /** Has it called as soon as there is a thread; throws if there is none at all to be had. */
    synchronized void begin(ProbeCall call) {
        waiting.add(call);
        if (waiting.size() <= idle) {
            notify();
        } else if (threads < most) {
            try {
                startThread();
            } catch (Throwable noThread) {
                if (threads == 0) {
                    waiting.removeLast();
                    throw noThread;
                }
                lookLater();
            }
        } else {
            lookLater();
        }
    }

    /** It hangs, or need not be called any more. Whether it never was, and will not be. */
    synchronized boolean giveUp(ProbeCall call) {
        if (waiting.remove(call)) {
            return true;
        }
        if (underWay.remove(call)) {
            threads--;
            startThreads(Math.min(waiting.size(), 1));
        }
        return false;
    }

    private void startThread() {
        platform.threads().start(ThreadKind.PLATFORM, "proc-daemon-probes", this::work);
        threads++;
    }

    private void startThreads(int count) {
        try {
            for (int i = 0; i < count; i++) {
                startThread();
            }
        } catch (Throwable noThread) {
            // Those that wait go on waiting for the others.
            lookLater();
        }
    }

    private void lookLater() {
        if (!looking) {
            first = waiting.peek();
            loop.after(LONG, new Message.ProbesWait());
            looking = true;
        }
    }

    /** More threads if probes have waited for so long: twice as many if none of them has had its turn meanwhile. */
    public synchronized void look() {
        looking = false;
        if (waiting.isEmpty()) {
            return;
        }
        ProbeCall next = waiting.peek();
        if (platform.clock().nanos() - next.made() >= LONG.toNanos()) {
            most = Math.max(most, threads) + (next == first ? threads : FEW);
            startThreads(Math.min(waiting.size(), most - threads));
        }
        lookLater();
    }

    private void work() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        for (ProbeCall call; (call = next()) != null;) {
            Thread.currentThread().setName(call.threadName());
            call.perform(platform.clock().nanos());
            if (!isOver(call)) {
                return;
            }
            // What a probe leaves behind is not for the next one.
            Thread.currentThread().setContextClassLoader(loader);
            MDC.clear();
            NDC.clear();
        }
    }

    private synchronized boolean isOver(ProbeCall call) {
        return underWay.remove(call);
    }

    private synchronized @Nullable ProbeCall next() {
        long end = System.nanoTime() + platform.threads().linger();
        while (waiting.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                threads--;
                most = FEW;
                return null;
            }
            idle++;
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException strayed) {
                // It was meant for a probe that is over.
            } finally {
                idle--;
            }
        }
        ProbeCall call = waiting.poll();
        underWay.add(call);
        return call;
    }
}
