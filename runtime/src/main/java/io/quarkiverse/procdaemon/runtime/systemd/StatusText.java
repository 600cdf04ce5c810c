package io.quarkiverse.procdaemon.runtime.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.events.ReloadText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** What {@code systemctl status} shows of the daemon: one line of limited length. */
final class StatusText {

    private static final int LONGEST = 400;
    private static final int LONGEST_REASON = 120;
    private static final int MOST = 5;

    private StatusText() {
    }

    /**
     * @param inFlight what a drain waits for
     * @param note on the process; empty if there is nothing to say about it
     */
    static String of(DaemonState state, int inFlight, List<SubsystemInfo> subsystems, String note) {
        List<String> troubles = new ArrayList<>();
        int more = 0;
        int running = 0;
        for (SubsystemInfo subsystem : subsystems) {
            if (subsystem.state() == SubsystemState.RUNNING) {
                running++;
            }
            if (subsystem.state() != SubsystemState.RUNNING || !subsystem.healthy()) {
                if (troubles.size() < MOST) {
                    troubles.add(trouble(subsystem));
                } else {
                    more++;
                }
            }
        }
        if (more > 0) {
            troubles.add(more + " more");
        }
        String text = beginning(state, running, subsystems.size(), inFlight);
        if (!troubles.isEmpty()) {
            text += ": " + String.join(", ", troubles);
        }
        return line(note.isEmpty() ? text : text + "; " + note);
    }

    /** On a reload; empty if there is nothing to say about it. */
    static String note(ReloadResult result) {
        List<String> notes = new ArrayList<>();
        if (result.status() == ReloadResult.Status.REJECTED) {
            int more = result.problems().size() - 1;
            notes.add(
                    "the last reload was rejected: " + result.problems().get(0) + (more == 0 ? "" : " and " + more + " more"));
        }
        if (!result.pendingRestart().isEmpty()) {
            notes.add("restart required for " + ReloadText.keys(result.pendingRestart()));
        }
        return String.join("; ", notes);
    }

    /** All that there is to say about the process. */
    static String notes(Set<String> exceeded, String note) {
        List<String> notes = new ArrayList<>();
        for (String resource : exceeded) {
            notes.add("the soft limit of the " + resource + " is exceeded");
        }
        if (!note.isEmpty()) {
            notes.add(note);
        }
        return String.join("; ", notes);
    }

    /**
     * While the daemon stops.
     *
     * @param what why it stops, or how that goes
     */
    static String stopping(String what, List<SubsystemInfo> subsystems) {
        List<String> names = new ArrayList<>();
        int active = 0;
        for (SubsystemInfo subsystem : subsystems) {
            if (subsystem.state() == SubsystemState.STOPPING) {
                names.add(subsystem.name());
            }
            if (subsystem.state().isActive()) {
                active++;
            }
        }
        if (subsystems.isEmpty()) {
            return line("Stopping: " + what);
        }
        String waiting = "; " + count(active, subsystems.size()) + " still running";
        if (!names.isEmpty()) {
            int more = names.size() - MOST;
            waiting += ", waits for " + String.join(", ", more > 0 ? names.subList(0, MOST) : names)
                    + (more > 0 ? ", " + more + " more" : "");
        }
        return line("Stopping: " + what + (active == 0 ? "; all subsystems have stopped" : waiting));
    }

    /** One line, whatever the text, and without backslashes: systemd takes them for the beginning of something else. */
    static String line(String text) {
        return PlainText.cut(PlainText.escape(text.replaceAll("\\p{Cntrl}+", " ")).replace('\\', '/'), LONGEST);
    }

    private static String beginning(DaemonState state, int running, int all, int inFlight) {
        String count = count(running, all);
        return switch (state) {
            case STARTING -> "Starting, " + count + " running";
            case DRAINING -> "Draining, " + inFlight + " in flight";
            case STOPPING, STOPPED -> "Stopping, " + count + " running";
            default -> "Running, " + count;
        };
    }

    private static String count(int some, int all) {
        return some + " of " + all + (all == 1 ? " subsystem" : " subsystems");
    }

    private static String trouble(SubsystemInfo subsystem) {
        if (subsystem.state() == SubsystemState.RUNNING) {
            return subsystem.name() + " is unhealthy";
        }
        String reason = subsystem.state() == SubsystemState.WAITING ? "" : subsystem.reason().orElse("");
        return subsystem.name() + " is " + subsystem.state()
                + (reason.isEmpty() ? "" : " (" + PlainText.cut(reason, LONGEST_REASON) + ")");
    }
}
