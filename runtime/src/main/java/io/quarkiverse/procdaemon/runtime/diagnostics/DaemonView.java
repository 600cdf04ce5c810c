package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.run.Activity;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** What the subsystems do and wait for: reads of fields, and the stacks of their threads. */
final class DaemonView {

    private static final int FRAMES = 30;

    private final DaemonInternals daemon;

    DaemonView(DaemonInternals daemon) {
        this.daemon = daemon;
    }

    void write(Writer out) throws IOException {
        Instant now = Instant.now();
        List<SubsystemInfo> all = daemon.subsystems();
        ProcessHandle process = ProcessHandle.current();
        out.write("Thread dump of " + PlainText.escape(daemon.name()) + ", process " + process.pid() + ", at " + now + "\n");
        out.write(System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
                + process.info().startInstant().map(start -> ", up for " + age(start, now)).orElse("") + "\n\n");
        out.write("The daemon is " + daemon.state()
                + (daemon.hasStarted() ? "" : " and has not been RUNNING yet") + ". Subsystems: " + counts(all) + ".\n");
        if (daemon.isStuck()) {
            out.write(
                    "Its event loop has been stuck for more than ten seconds: see the thread \"proc-daemon-loop\". What is said"
                            + " of the subsystems may be out of date.\n");
        }
        Map<String, SubsystemInfo> byName = new HashMap<>();
        all.forEach(each -> byName.put(each.name(), each));
        for (SubsystemInfo each : all) {
            subsystem(each, byName, now, out);
        }
    }

    private static String counts(List<SubsystemInfo> all) {
        List<String> counts = new ArrayList<>();
        for (SubsystemState state : SubsystemState.values()) {
            long count = all.stream().filter(each -> each.state() == state).count();
            if (count > 0) {
                counts.add(count + " " + state);
            }
        }
        return counts.isEmpty() ? "none" : String.join(", ", counts);
    }

    private void subsystem(SubsystemInfo info, Map<String, SubsystemInfo> all, Instant now, Writer out) throws IOException {
        out.write("\n" + info.name() + ": " + info.state() + " for " + age(info.since(), now) + " (since " + info.since()
                + "), generation " + info.generation() + (info.critical() ? ", critical" : "")
                + (info.healthy() ? "" : ", not healthy") + "\n");
        line(out, info.dependsOn().isEmpty() ? null : "depends on " + String.join(", ", info.dependsOn()));
        line(out, info.reason().map(PlainText::escape).orElse(null));
        line(out, info.nextAttempt().map(next -> "starts again at " + next).orElse(null));
        line(out, stopsAfter(info, all, daemon.state() == DaemonState.STOPPING));
        line(out, info.failures() == 0 ? null
                : "failures: " + info.failures() + ", restarts: " + info.restarts() + ", restarts left: "
                        + (info.restartsLeft().isPresent() ? info.restartsLeft().getAsInt() : "no limit"));
        line(out, info.lastFailure().map(failure -> "last failure: " + failure).orElse(null));
        line(out, info.inFlight() == 0 ? null : "work in flight: " + info.inFlight());
        for (Activity activity : daemon.activities(info.name())) {
            activity(activity, out);
        }
    }

    private static void line(Writer out, @Nullable String text) throws IOException {
        if (text != null) {
            out.write("    " + text + "\n");
        }
    }

    /** Those that depend on it stop first. */
    private static @Nullable String stopsAfter(SubsystemInfo info, Map<String, SubsystemInfo> all, boolean shutdown) {
        if (info.state() != SubsystemState.RUNNING) {
            return null;
        }
        List<String> active = new ArrayList<>();
        for (String name : info.dependents()) {
            SubsystemInfo dependent = all.get(name);
            if (dependent != null && dependent.state().isActive()
                    && (shutdown || dependent.state() == SubsystemState.STOPPING)) {
                active.add("'" + name + "', which is " + dependent.state());
            }
        }
        return active.isEmpty() ? null
                : (shutdown ? "stops after its dependents: " : "dependents that are stopping: ") + String.join(", ", active);
    }

    private static void activity(Activity activity, Writer out) throws IOException {
        boolean stage = activity.stack().isEmpty();
        line(out, "in " + activity.what() + " for " + Durations.text(activity.age()) + (stage ? ", without a thread now"
                : ", thread \"" + PlainText.escape(activity.thread()) + "\" " + activity.state()));
        List<StackTraceElement> stack = activity.stack();
        for (StackTraceElement frame : stack.subList(0, Math.min(FRAMES, stack.size()))) {
            line(out, "    at " + frame);
        }
        line(out, stack.size() > FRAMES ? "    ... " + (stack.size() - FRAMES) + " more" : null);
    }

    private static String age(Instant since, Instant now) {
        Duration age = Duration.between(since, now).truncatedTo(ChronoUnit.MILLIS);
        return Durations.text(age.isNegative() ? Duration.ZERO : age);
    }
}
