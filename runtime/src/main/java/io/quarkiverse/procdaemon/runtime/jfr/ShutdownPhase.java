package io.quarkiverse.procdaemon.runtime.jfr;

import java.util.Iterator;
import java.util.List;

import io.quarkiverse.procdaemon.ShutdownReport;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("io.quarkiverse.procdaemon.ShutdownPhase")
@Label("Shutdown Phase")
@Description("The daemon began to shut down, is delayed, is hurried by a further signal, or all of it has ended")
final class ShutdownPhase extends DaemonEvent {

    @Label("Phase")
    @Description("BEGAN, DELAYED, HURRIED or ENDED")
    String phase;

    @Label("Daemon")
    String daemon;

    @Label("Reason")
    @Description("Why it shuts down; for HURRIED the signal")
    String reason = "";

    @Label("Exit Code")
    @Description("-1 if the daemon does not determine it, or if the phase does not change it")
    int exitCode = -1;

    @Label("During Start")
    @Description("Whether the shutdown began before the daemon had started")
    boolean duringStart;

    @Label("After")
    @Description("How long it had been shutting down")
    @Timespan
    long after;

    @Label("Outcome")
    @Description("For ENDED: CLEAN, UNCLEAN, FAILED or KILLED")
    String outcome = "";

    @Label("Details")
    @Description("For DELAYED what it waits for; for ENDED the subsystems that did not end well, and why")
    String details = "";

    ShutdownPhase(String phase, String daemon) {
        this.phase = phase;
        this.daemon = text(daemon);
    }

    void waitsFor(List<String> held) {
        StringBuilder all = new StringBuilder();
        for (Iterator<String> each = held.iterator(); each.hasNext();) {
            all.append(each.next()).append(each.hasNext() ? "; " : "");
        }
        details = text(all.toString());
    }

    void endings(List<ShutdownReport.Entry> entries) {
        StringBuilder all = new StringBuilder();
        for (ShutdownReport.Entry entry : entries) {
            if (entry.ended() != ShutdownReport.Ending.STOPPED && entry.ended() != ShutdownReport.Ending.NONE) {
                all.append(all.length() == 0 ? "" : "; ").append(entry.subsystem()).append(' ').append(entry.ended().name())
                        .append(entry.why().isEmpty() ? "" : ": ").append(entry.why());
            }
        }
        details = text(all.toString());
    }
}
