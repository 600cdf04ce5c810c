package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.io.Writer;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** The platform threads with their locks, and who waits for whom for ever. */
final class ManagedThreads {

    private ManagedThreads() {
    }

    static void write(Writer out) throws IOException {
        ThreadMXBean bean = ManagementFactory.getThreadMXBean();
        // Not the owned synchronizers, for which the JVM would walk through the heap; who holds one that is waited for is known.
        ThreadInfo[] all = bean.dumpAllThreads(bean.isObjectMonitorUsageSupported(), false);
        deadlock(bean, out);
        out.write("\nPlatform threads (" + all.length + ")\n");
        Arrays.sort(all, Comparator.comparingLong(ThreadInfo::getThreadId));
        boolean times = bean.isThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled();
        for (ThreadInfo thread : all) {
            thread(thread, times ? bean.getThreadCpuTime(thread.getThreadId()) : -1, out);
        }
    }

    private static void deadlock(ThreadMXBean bean, Writer out) throws IOException {
        long[] ids = bean.isSynchronizerUsageSupported() ? bean.findDeadlockedThreads() : bean.findMonitorDeadlockedThreads();
        if (ids == null || ids.length == 0) {
            return;
        }
        out.write("\nDeadlock: these threads wait for each other and will never go on\n\n");
        for (ThreadInfo thread : bean.getThreadInfo(ids)) {
            if (thread != null) {
                out.write("    " + name(thread) + waits(thread) + "\n");
            }
        }
    }

    private static String name(ThreadInfo thread) {
        return "\"" + PlainText.escape(thread.getThreadName()) + "\" #" + thread.getThreadId();
    }

    private static String waits(ThreadInfo thread) {
        String owner = thread.getLockOwnerName();
        return " waits for " + thread.getLockName()
                + (owner == null ? "" : ", which \"" + PlainText.escape(owner) + "\" #" + thread.getLockOwnerId() + " holds");
    }

    private static void thread(ThreadInfo thread, long cpu, Writer out) throws IOException {
        out.write("\n" + name(thread) + (thread.isDaemon() ? " daemon" : "") + " priority " + thread.getPriority() + " "
                + thread.getThreadState() + (thread.isInNative() ? " in native code" : "")
                + (cpu < 0 ? "" : ", processor time " + Durations.text(Duration.ofNanos(cpu))) + "\n");
        LockInfo lock = thread.getLockInfo();
        if (lock != null) {
            out.write("   " + waits(thread) + "\n");
        }
        StackTraceElement[] stack = thread.getStackTrace();
        for (int depth = 0; depth < stack.length; depth++) {
            out.write("    at " + stack[depth] + "\n");
            for (MonitorInfo held : thread.getLockedMonitors()) {
                if (held.getLockedStackDepth() == depth) {
                    out.write("     - holds " + held + "\n");
                }
            }
        }
    }
}
