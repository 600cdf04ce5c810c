package io.quarkiverse.procdaemon.runtime.control;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** Subsystems as people read them. */
final class SubsystemTexts {

    private static final int LONGEST_FAILURE = 80;

    private SubsystemTexts() {
    }

    /** One a line, in the order given. */
    static String table(List<SubsystemInfo> all, boolean isDraining) {
        TextTable table = new TextTable("SUBSYSTEM", "STATE", "SINCE", "RESTARTS", "IN FLIGHT", "WAITS FOR", "FAILURE");
        for (SubsystemInfo info : all) {
            table.row(info.name(), state(info, isDraining), Age.of(info.since()), info.restarts(), info.inFlight(),
                    waitsFor(info), PlainText.cut(failure(info), LONGEST_FAILURE));
        }
        return table.toString();
    }

    private static String state(SubsystemInfo info, boolean isDraining) {
        if (info.state() != SubsystemState.RUNNING) {
            return info.state().name();
        }
        return "RUNNING" + (info.healthy() ? "" : ", unhealthy") + (isDraining ? ", draining" : "");
    }

    private static String waitsFor(SubsystemInfo info) {
        if (!info.waitingFor().isEmpty()) {
            return String.join(", ", info.waitingFor());
        } else if (info.nextAttempt().isPresent()) {
            return "its restart in " + left(info.nextAttempt().get());
        }
        return info.state() == SubsystemState.STOPPING && info.inFlight() > 0 ? info.inFlight() + " in flight" : "";
    }

    private static String left(Instant moment) {
        Duration left = Duration.between(Instant.now(), moment);
        return left.isNegative() ? "0s" : Durations.text(left);
    }

    private static String failure(SubsystemInfo info) {
        if (info.reason().isPresent() && info.state() != SubsystemState.WAITING) {
            return PlainText.escape(info.reason().get());
        }
        return info.lastFailure().map(last -> Age.of(last.at()) + " ago: " + brief(last)).orElse("");
    }

    private static String brief(Failure failure) {
        String type = failure.type().substring(failure.type().lastIndexOf('.') + 1);
        return PlainText.escape(failure.message().isEmpty() ? type : type + ": " + failure.message());
    }

    /** All of one. */
    static String details(SubsystemInfo info, boolean isDraining) {
        TextTable table = new TextTable("subsystem", info.name());
        table.row("state", state(info, isDraining) + ", since " + info.since() + " (" + Age.of(info.since()) + ")");
        info.reason().ifPresent(reason -> table.row("reason", reason));
        table.row("waits for", waitsFor(info));
        table.row("depends on", String.join(", ", info.dependsOn()));
        table.row("dependents", String.join(", ", info.dependents()));
        table.row("generation", info.generation() + " (" + count(info.restarts(), "restart") + ", "
                + count(info.failures(), "failure")
                + (info.restartsLeft().isPresent() ? ", " + count(info.restartsLeft().getAsInt(), "restart") + " left" : "")
                + ")");
        table.row("policy", info.restart() + (info.critical() ? ", critical" : ", not critical"));
        table.row("in flight", info.inFlight() + " ");
        if (info.lastFailure().isEmpty()) {
            return table.toString();
        }
        Failure failure = info.lastFailure().get();
        table.row("last failure", failure.toString());
        return table + stack(failure);
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String stack(Failure failure) {
        StringBuilder text = new StringBuilder();
        failure.stack().lines().forEach(line -> text.append('\n').append(PlainText.escape(line.replace("\t", "    "))));
        return text.toString();
    }
}
