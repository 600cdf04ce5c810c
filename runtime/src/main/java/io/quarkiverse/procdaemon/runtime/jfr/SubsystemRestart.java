package io.quarkiverse.procdaemon.runtime.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

@Name("io.quarkiverse.procdaemon.SubsystemRestart")
@Label("Subsystem Restart")
@Description("A subsystem that failed will be restarted")
final class SubsystemRestart extends SubsystemRecord {

    @Label("Delay")
    @Description("The back-off: how long after this event it is restarted")
    @Timespan
    long delay;

    @Label("Attempt")
    @Description("Counts from 1 since the subsystem was last stable")
    int attempt;
}
