package io.quarkiverse.procdaemon.runtime.report;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.ShutdownReport.Ending;
import io.quarkiverse.procdaemon.ShutdownReport.Entry;
import io.quarkiverse.procdaemon.ShutdownReport.Escalation;
import io.quarkiverse.procdaemon.ShutdownReport.Outcome;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.ReasonText;

/** A report as a properties file, in an order that suits human readers. */
final class ReportFormat {

    /** The outcome of a running process; to the next process it means that this one has crashed. */
    private static final String RUNNING = "RUNNING";

    private static final String REASON_TYPE = "reason.type";
    private static final String DURING_START = "during-start";

    private ReportFormat() {
    }

    static String write(ShutdownReport report) {
        StringBuilder text = new StringBuilder();
        String outcome = report.outcome() == Outcome.CRASHED ? RUNNING : report.outcome().name();
        line(text, "daemon", report.daemon());
        line(text, "pid", report.pid());
        line(text, "outcome", outcome);
        reason(text, report.reason());
        report.exitCode().ifPresent(code -> line(text, "exit-code", code));
        line(text, "began", report.began());
        if (report.duringStart()) {
            line(text, DURING_START, true);
        }
        line(text, "took", report.took());
        for (int i = 0; i < report.escalations().size(); i++) {
            escalation(text, "escalation." + (i + 1) + ".", report.escalations().get(i));
        }
        line(text, "subsystems", report.entries().size());
        for (int i = 0; i < report.entries().size(); i++) {
            entry(text, "subsystem." + (i + 1) + ".", report.entries().get(i));
        }
        line(text, "held", report.held().size());
        for (int i = 0; i < report.held().size(); i++) {
            line(text, "held." + (i + 1), report.held().get(i));
        }
        return text.toString();
    }

    private static void reason(StringBuilder text, Optional<ShutdownReason> reason) {
        line(text, "reason", reason.map(ReasonText::of).orElse(""));
        reason.ifPresent(itself -> reason(text, itself));
    }

    private static void reason(StringBuilder text, ShutdownReason reason) {
        line(text, REASON_TYPE, reason.getType());
        if (reason instanceof ShutdownReason.Signal signal) {
            line(text, "reason.number", signal.number());
            line(text, "reason.name", signal.name());
        } else if (reason instanceof ShutdownReason.Requested requested) {
            line(text, "reason.by", requested.by());
        } else if (reason instanceof ShutdownReason.ResourceExhausted exhausted) {
            line(text, "reason.resource", exhausted.resource());
        } else if (reason instanceof ShutdownReason.DependencyLost lost) {
            line(text, "reason.subsystem", lost.subsystem());
        } else if (reason instanceof ShutdownReason.SubsystemFailed failed) {
            line(text, "reason.subsystem", failed.subsystem());
            failure(text, failed.failure());
        }
    }

    private static void failure(StringBuilder text, Failure failure) {
        line(text, "reason.failure.type", failure.type());
        line(text, "reason.failure.message", failure.message());
        line(text, "reason.failure.stack", failure.stack());
        line(text, "reason.failure.phase", failure.phase());
        line(text, "reason.failure.generation", failure.generation());
        line(text, "reason.failure.at", failure.at());
    }

    private static void entry(StringBuilder text, String prefix, Entry entry) {
        line(text, prefix + "name", entry.subsystem());
        line(text, prefix + "was", entry.was());
        line(text, prefix + "ended", entry.ended());
        line(text, prefix + "took", entry.took());
        line(text, prefix + "why", entry.why());
    }

    private static void escalation(StringBuilder text, String prefix, Escalation escalation) {
        line(text, prefix + "signal", escalation.signal().name());
        line(text, prefix + "number", escalation.signal().number());
        line(text, prefix + "at", escalation.at());
    }

    private static void line(StringBuilder text, String key, Object value) {
        String plain = value.toString();
        text.append(key).append('=');
        // A leading blank would be skipped.
        text.append(plain.startsWith(" ") ? "\\" : "");
        for (int i = 0; i < plain.length(); i++) {
            escape(plain.charAt(i), text);
        }
        text.append('\n');
    }

    // Characters that control a terminal or the direction of text must not reach a reader who uses cat.
    private static void escape(char c, StringBuilder text) {
        switch (c) {
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\f' -> text.append("\\f");
            case '\t' -> text.append("\\t");
            default -> {
                if (isHarmless(c)) {
                    text.append(c);
                } else {
                    text.append("\\u").append(HexFormat.of().toHexDigits(c));
                }
            }
        }
    }

    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** @throws IllegalArgumentException if it is no such file; says why */
    static ShutdownReport read(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("it does not end with a whole line");
        }
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new IllegalArgumentException(impossible);
        }
        String outcome = required(lines, "outcome");
        String exitCode = lines.getProperty("exit-code");
        List<Entry> entries = new ArrayList<>();
        int count = count(lines, "subsystems");
        for (int i = 1; i <= count; i++) {
            entries.add(entry(lines, "subsystem." + i + "."));
        }
        List<String> held = new ArrayList<>();
        count = count(lines, "held");
        for (int i = 1; i <= count; i++) {
            held.add(required(lines, "held." + i));
        }
        return new ShutdownReport(required(lines, "daemon"), Long.parseLong(required(lines, "pid")),
                outcome.equals(RUNNING) ? Outcome.CRASHED : Outcome.valueOf(outcome), reason(lines),
                exitCode == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(exitCode)),
                Instant.parse(required(lines, "began")),
                Boolean.parseBoolean(lines.getProperty(DURING_START)), Duration.parse(required(lines, "took")),
                List.copyOf(entries),
                List.copyOf(held), escalations(lines));
    }

    private static Optional<ShutdownReason> reason(Properties lines) {
        String type = lines.getProperty(REASON_TYPE);
        return type == null ? Optional.empty() : Optional.of(reason(type, lines));
    }

    private static ShutdownReason reason(String type, Properties lines) {
        return switch (type) {
            case "Signal" -> new ShutdownReason.Signal(Integer.parseInt(required(lines, "reason.number")),
                    required(lines, "reason.name"));
            case "Requested" -> new ShutdownReason.Requested(required(lines, "reason.by"));
            case "ResourceExhausted" -> new ShutdownReason.ResourceExhausted(required(lines, "reason.resource"));
            case "DependencyLost" -> new ShutdownReason.DependencyLost(required(lines, "reason.subsystem"));
            case "SubsystemFailed" -> new ShutdownReason.SubsystemFailed(required(lines, "reason.subsystem"), failure(lines));
            case "Restart" -> new ShutdownReason.Restart();
            case "Stop" -> new ShutdownReason.Stop();
            default -> throw new IllegalArgumentException("there is no reason of the type '" + type + "'");
        };
    }

    private static Failure failure(Properties lines) {
        return new Failure(required(lines, "reason.failure.type"), required(lines, "reason.failure.message"),
                required(lines, "reason.failure.stack"), SubsystemEvent.Phase.valueOf(required(lines, "reason.failure.phase")),
                Long.parseLong(required(lines, "reason.failure.generation")),
                Instant.parse(required(lines, "reason.failure.at")));
    }

    private static int count(Properties lines, String key) {
        int count = Integer.parseInt(required(lines, key));
        if (count < 0) {
            throw new IllegalArgumentException("the key '" + key + "' is negative: " + count);
        }
        return count;
    }

    private static Entry entry(Properties lines, String prefix) {
        return new Entry(required(lines, prefix + "name"), SubsystemState.valueOf(required(lines, prefix + "was")),
                Ending.valueOf(required(lines, prefix + "ended")), Duration.parse(required(lines, prefix + "took")),
                required(lines, prefix + "why"));
    }

    /** Files of earlier versions have none. */
    private static List<Escalation> escalations(Properties lines) {
        List<Escalation> escalations = new ArrayList<>();
        for (int i = 1; lines.containsKey("escalation." + i + ".at"); i++) {
            String prefix = "escalation." + i + ".";
            escalations.add(new Escalation(new ShutdownReason.Signal(Integer.parseInt(required(lines, prefix + "number")),
                    required(lines, prefix + "signal")), Instant.parse(required(lines, prefix + "at"))));
        }
        return List.copyOf(escalations);
    }

    private static String required(Properties lines, String key) {
        String value = lines.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the key '" + key + "' is missing");
        }
        return value;
    }
}
