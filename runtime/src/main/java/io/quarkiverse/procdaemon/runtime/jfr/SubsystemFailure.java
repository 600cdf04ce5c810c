package io.quarkiverse.procdaemon.runtime.jfr;

import io.quarkiverse.procdaemon.Failure;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.quarkiverse.procdaemon.SubsystemFailure")
@Label("Subsystem Failure")
@Description("A subsystem failed, or failed permanently (GaveUp)")
final class SubsystemFailure extends SubsystemRecord {

    private static final String FRAME = "\tat ";

    @Label("Exception")
    String exception = "";

    @Label("Message")
    String message = "";

    @Label("Thrown In")
    @Description("The top frame of its stack trace")
    String frame = "";

    @Label("Phase")
    @Description("What the subsystem was doing: START, RUN or STOP")
    String phase = "";

    @Label("Outage")
    @Description("Whether something outside of the daemon that it needs is unavailable")
    boolean outage;

    @Label("Reason")
    @Description("Why it is not restarted; empty if that is not decided by this event")
    String reason = "";

    SubsystemFailure(Failure failure) {
        exception = text(failure.type());
        message = text(failure.message());
        frame = text(topFrame(failure.stack()));
        phase = failure.phase().name();
    }

    private static String topFrame(String stack) {
        int frame = stack.indexOf(FRAME);
        if (frame < 0) {
            return "";
        }
        int end = stack.indexOf('\n', frame);
        return stack.substring(frame + FRAME.length(), end < 0 ? stack.length() : end);
    }
}
