package io.quarkiverse.procdaemon.runtime.engine.shutdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.supervisor.ManagedSubsystem;

/**
 * What keeps a shutdown from its end: the subsystems that still run or, if there is none, the threads that keep the process
 * alive; each with its top frames.
 */
final class Blockers {

    private static final int FRAMES = 8;
    private static final int FRAMES_OF_JDK = 2;
    private static final int MOST = 20;

    private Blockers() {
    }

    /** As lines; a line that begins with a blank belongs to the one before. Those that wait for others come last. */
    static List<String> of(List<ManagedSubsystem> active) {
        List<String> lines = new ArrayList<>();
        List<ManagedSubsystem> waiting = new ArrayList<>();
        List<ManagedSubsystem> inOrder = new ArrayList<>();
        for (ManagedSubsystem subsystem : active) {
            (waits(subsystem) ? waiting : inOrder).add(subsystem);
        }
        inOrder.addAll(waiting);
        for (ManagedSubsystem subsystem : inOrder.subList(0, Math.min(MOST, inOrder.size()))) {
            subsystem(subsystem, lines);
        }
        if (active.size() > MOST) {
            lines.add("and " + (active.size() - MOST) + (active.size() - MOST == 1 ? " more subsystem" : " more subsystems"));
        }
        if (active.isEmpty()) {
            threads(lines);
        }
        return lines;
    }

    private static void subsystem(ManagedSubsystem subsystem, List<String> lines) {
        Run generation = subsystem.run();
        String subject = generation + " " + subsystem.status().state();
        if (waits(subsystem)) {
            lines.add(subject + ", waiting for those that depend on it");
        } else {
            lines.add(subject + ", in " + generation.activity());
            frames(generation.stack(), lines);
        }
    }

    /** It is asked to stop when the last one that depends on it has stopped. */
    private static boolean waits(ManagedSubsystem subsystem) {
        return subsystem.status().state() == SubsystemState.RUNNING || subsystem.run().activity().isEmpty();
    }

    private static void threads(List<String> lines) {
        int left = MOST;
        for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
            if (holds(thread.getKey()) && left-- > 0) {
                thread(thread, lines);
            }
        }
    }

    private static boolean holds(Thread thread) {
        return !thread.isDaemon() && thread != Thread.currentThread() && !thread.getName().equals("DestroyJavaVM");
    }

    private static void thread(Map.Entry<Thread, StackTraceElement[]> thread, List<String> lines) {
        lines.add("thread '" + thread.getKey().getName() + "'");
        frames(thread.getValue(), lines);
    }

    /** The top, and then from the first frame on that is not the JDK's own waiting. */
    private static void frames(StackTraceElement[] stack, List<String> lines) {
        int first = 0;
        while (first < stack.length && isOfJdk(stack[first])) {
            first++;
        }
        if (first == stack.length || first <= FRAMES_OF_JDK) {
            frames(stack, 0, FRAMES, lines);
        } else {
            frames(stack, 0, FRAMES_OF_JDK, lines);
            lines.add("    ...");
            frames(stack, first, FRAMES - FRAMES_OF_JDK, lines);
        }
    }

    private static void frames(StackTraceElement[] stack, int from, int most, List<String> lines) {
        for (int i = from; i < Math.min(from + most, stack.length); i++) {
            lines.add("    at " + stack[i]);
        }
    }

    private static boolean isOfJdk(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.")
                || type.startsWith("com.oracle.svm.");
    }
}
