package io.quarkiverse.procdaemon.runtime.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("io.quarkiverse.procdaemon.Drain")
@Label("Drain")
@Description("A drain began, nothing is in flight any more, or it was undone")
final class DaemonDrain extends DaemonEvent {

    @Label("Phase")
    @Description("BEGAN, DRAINED or RESUMED")
    String phase;

    @Label("Daemon")
    String daemon;

    @Label("In Flight")
    @Description("What was in flight when it began, and how much")
    String inFlight = "";

    @Label("Took")
    @Description("How long it took until nothing was in flight")
    @Timespan
    long took = NONE;

    DaemonDrain(String phase, String daemon) {
        this.phase = phase;
        this.daemon = text(daemon);
    }
}
