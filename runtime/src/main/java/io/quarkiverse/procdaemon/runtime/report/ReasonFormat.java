package io.quarkiverse.procdaemon.runtime.report;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.ReasonText;

/** The reason of a shutdown as lines: one for people, then its type and what belongs to that. */
final class ReasonFormat {

    private static final String TYPE = "reason.type";

    private ReasonFormat() {
    }

    static void write(Optional<ShutdownReason> reason, BiConsumer<String, Object> line) {
        line.accept("reason", reason.map(ReasonText::of).orElse(""));
        reason.ifPresent(itself -> write(itself, line));
    }

    private static void write(ShutdownReason reason, BiConsumer<String, Object> line) {
        line.accept(TYPE, reason.getType());
        if (reason instanceof ShutdownReason.Signal signal) {
            line.accept("reason.number", signal.number());
            line.accept("reason.name", signal.name());
        } else if (reason instanceof ShutdownReason.Requested requested) {
            line.accept("reason.by", requested.by());
        } else if (reason instanceof ShutdownReason.ResourceExhausted exhausted) {
            line.accept("reason.resource", exhausted.resource());
        } else if (reason instanceof ShutdownReason.DependencyLost lost) {
            line.accept("reason.subsystem", lost.subsystem());
        } else if (reason instanceof ShutdownReason.SubsystemFailed failed) {
            line.accept("reason.subsystem", failed.subsystem());
            write(failed.failure(), line);
        }
    }

    private static void write(Failure failure, BiConsumer<String, Object> line) {
        line.accept("reason.failure.type", failure.type());
        line.accept("reason.failure.message", failure.message());
        line.accept("reason.failure.stack", failure.stack());
        line.accept("reason.failure.phase", failure.phase());
        line.accept("reason.failure.generation", failure.generation());
        line.accept("reason.failure.at", failure.at());
    }

    /**
     * Empty if there was none.
     *
     * @param lines says what stands at a key; null if there is no such line
     * @throws IllegalArgumentException if it is not what {@link #write} writes; says why
     */
    static Optional<ShutdownReason> read(UnaryOperator<String> lines) {
        String type = lines.apply(TYPE);
        return type == null ? Optional.empty() : Optional.of(read(type, key -> required(lines, key)));
    }

    private static ShutdownReason read(String type, UnaryOperator<String> lines) {
        return switch (type) {
            case "Signal" -> new ShutdownReason.Signal(Integer.parseInt(lines.apply("reason.number")),
                    lines.apply("reason.name"));
            case "Requested" -> new ShutdownReason.Requested(lines.apply("reason.by"));
            case "ResourceExhausted" -> new ShutdownReason.ResourceExhausted(lines.apply("reason.resource"));
            case "DependencyLost" -> new ShutdownReason.DependencyLost(lines.apply("reason.subsystem"));
            case "SubsystemFailed" -> new ShutdownReason.SubsystemFailed(lines.apply("reason.subsystem"), failure(lines));
            case "Restart" -> new ShutdownReason.Restart();
            case "Stop" -> new ShutdownReason.Stop();
            default -> throw new IllegalArgumentException("there is no reason of the type '" + type + "'");
        };
    }

    private static Failure failure(UnaryOperator<String> lines) {
        return new Failure(lines.apply("reason.failure.type"), lines.apply("reason.failure.message"),
                lines.apply("reason.failure.stack"), SubsystemEvent.Phase.valueOf(lines.apply("reason.failure.phase")),
                Long.parseLong(lines.apply("reason.failure.generation")), Instant.parse(lines.apply("reason.failure.at")));
    }

    private static String required(UnaryOperator<String> lines, String key) {
        String value = lines.apply(key);
        if (value == null) {
            throw new IllegalArgumentException("the key '" + key + "' is missing");
        }
        return value;
    }
}
