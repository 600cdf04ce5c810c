package io.quarkiverse.procdaemon.runtime.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("io.quarkiverse.procdaemon.SubsystemOutage")
@Label("Subsystem Outage")
@Description("Something outside of the daemon that a subsystem needs became unavailable, or that is over")
final class SubsystemOutage extends SubsystemRecord {

    @Label("Took")
    @Description("How long it lasted; not available when it begins")
    @Timespan
    long took = NONE;

    @Label("Recovered")
    @Description("Whether what it needs is available again")
    boolean recovered;

    @Label("Reason")
    @Description("What is unavailable; empty when it is over")
    String reason = "";
}
