package io.quarkiverse.procdaemon.runtime.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("io.quarkiverse.procdaemon.SubsystemTransition")
@Label("Subsystem Transition")
@Description("A subsystem waits, starts, is running, stops, has stopped or did not stop in time")
final class SubsystemTransition extends SubsystemRecord {

    @Label("Took")
    @Description("How long the start, or the stop so far, took; not available when it begins")
    @Timespan
    long took = NONE;

    @Label("Reason")
    @Description("What it waits for, why it stops, or what happens after a stop that is not in time")
    String reason = "";
}
