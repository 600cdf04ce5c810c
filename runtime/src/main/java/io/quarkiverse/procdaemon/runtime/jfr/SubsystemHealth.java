package io.quarkiverse.procdaemon.runtime.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.quarkiverse.procdaemon.SubsystemHealth")
@Label("Subsystem Health")
@Description("The health of a subsystem changed")
final class SubsystemHealth extends SubsystemRecord {

    @Label("Healthy")
    boolean healthy;

    @Label("Reason")
    @Description("Why it is unhealthy; empty if it is healthy")
    String reason = "";
}
