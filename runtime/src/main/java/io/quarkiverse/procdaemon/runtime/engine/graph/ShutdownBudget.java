package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * How long a stop of the process may take, from the signal to its end: what service managers must allow before they kill it.
 *
 * @param delay {@code quarkus.shutdown.delay}, zero if there is none: HTTP goes on serving
 * @param timeout {@code quarkus.shutdown.timeout}, zero if there is none: requests in flight may finish
 * @param kill {@code quarkus.proc-daemon.shutdown.kill-timeout}: then the process is halted
 */
public record ShutdownBudget(Duration delay, Duration timeout, Duration kill) {

    /** For what comes before the first timeout and after the last one: the signal, the halt, a machine under load. */
    public static final Duration MARGIN = Duration.ofSeconds(5);

    public static final String DELAY = "quarkus.shutdown.delay";
    public static final String TIMEOUT = "quarkus.shutdown.timeout";
    public static final String KILL = "quarkus.proc-daemon.shutdown.kill-timeout";

    /** How long after the signal the process is halted at the latest. */
    public Duration halt() {
        return Durations.sum(Durations.sum(delay, timeout), kill);
    }

    /** The same with the margin. */
    public Duration total() {
        return Durations.sum(halt(), MARGIN);
    }

    /** The same in seconds, rounded up. */
    public long seconds() {
        return total().plusNanos(999_999_999).toSeconds();
    }

    /** Whether a service manager that waits for so long may kill the process before it halts itself. */
    public boolean exceeds(Duration allowed) {
        return halt().compareTo(allowed) > 0;
    }

    /** How the total is calculated: {@code 5s (quarkus.shutdown.delay) + 15s (…kill-timeout) + 5s (margin) = 25s}. */
    public String explanation() {
        List<String> parts = new ArrayList<>();
        add(parts, delay, DELAY);
        add(parts, timeout, TIMEOUT);
        add(parts, kill, KILL);
        add(parts, MARGIN, "margin");
        return String.join(" + ", parts) + " = " + Durations.text(total());
    }

    private static void add(List<String> parts, Duration part, String name) {
        if (!part.isZero()) {
            parts.add(Durations.text(part) + " (" + name + ")");
        }
    }
}
