package io.quarkiverse.procdaemon.runtime.jfr;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Timestamp;

/** Of one subsystem; there is one for each event in {@code Daemon.events()}. */
@Category({ "proc-daemon", "Subsystems" })
abstract class SubsystemRecord extends DaemonEvent {

    @Label("Sequence Number")
    @Description("The number of the event among all events of the daemon, from 1, in the order in which they happened")
    long sequence;

    @Label("Subsystem")
    String subsystem = "";

    @Label("Generation")
    @Description("The run of the subsystem, from 1; 0 before the first")
    long generation;

    @Label("Event")
    @Description("The type of the event, as in Daemon.events() and on the control socket")
    String event = "";

    @Label("Happened At")
    @Description("When it happened; the start time is a little later: that is when it was recorded")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long at;

    /** Records it, with what every event of a subsystem has. */
    final void commit(SubsystemEvent of) {
        sequence = of.sequence();
        subsystem = text(of.subsystem());
        generation = of.generation();
        event = of.getType();
        at = of.at().toEpochMilli();
        commit();
    }
}
