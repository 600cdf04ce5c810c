package io.quarkiverse.procdaemon.runtime.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run does at one moment, in one phase or task.
 *
 * @param what in words, as in {@code its body}
 * @param age for how long
 * @param thread the name of its thread; empty if there is none yet
 * @param state the state of that thread; TERMINATED if only a stage is awaited
 * @param stack the stack of that thread; empty if only a stage is awaited
 */
public record Activity(String what, Duration age, String thread, Thread.State state, List<StackTraceElement> stack) {

    /** All that a run does, its phases first. Any thread may call this: it may be out of date. */
    public static List<Activity> of(Run run) {
        List<RunTasks.Task> tasks = run.tasks.all();
        List<Activity> all = new ArrayList<>();
        long now = run.platform().clock().nanos();
        for (int i = tasks.size() - 1; i >= 0; i--) {
            all.add(of(tasks.get(i), now));
        }
        return all;
    }

    private static Activity of(RunTasks.Task task, long now) {
        Thread thread = task.thread();
        return new Activity(task.toString(), Duration.ofNanos(now - task.since()), thread == null ? "" : thread.getName(),
                thread == null ? Thread.State.NEW : thread.getState(), List.of(task.stack()));
    }
}
