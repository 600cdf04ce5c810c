package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/** What a process wrote of its end into its report file, and how that reads in its log. */
final class Report {

    private static final Pattern IN_LOG = Pattern
            .compile("line-collector (?:has shut down in|is killed after) .*\n((?:  \\S.*\n)*)");

    private final Properties entries = new Properties();

    private Report() {
    }

    static Report read(Path file) throws IOException {
        Report report = new Report();
        try (Reader reader = Files.newBufferedReader(file)) {
            report.entries.load(reader);
        }
        return report;
    }

    /** The first line of the last report in a log and the rows below it, with single spaces. */
    static List<String> inLog(String log) {
        List<MatchResult> reports = IN_LOG.matcher(log).results().toList();
        assertThat(reports).as("reports in the log:%n%s", log).isNotEmpty();
        return reports.get(reports.size() - 1).group().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    /** The same lines, made of the file. */
    List<String> asInLog() {
        List<String> lines = new ArrayList<>();
        lines.add("line-collector %s %s: %s%s%s%s".formatted(
                outcome().equals("KILLED") ? "is killed after" : "has shut down in", text(get("took")), get("reason"),
                exitCode().map(" (exit code %s)"::formatted).orElse(""),
                isDuringStart() ? ", before it had started" : "", counts()));
        for (String row : rows()) {
            String ended = get(row + "ended");
            lines.add(String.join(" ", get(row + "name"), get(row + "was"),
                    ended.equals("NONE") ? "-" : ended.toLowerCase(Locale.ROOT), text(get(row + "took")), get(row + "why"))
                    .strip());
        }
        String effect = "ended the graceful time";
        for (String row : escalations()) {
            lines.add("the signal %s came again %s after it began and %s".formatted(get(row + "signal"),
                    Durations.text(Duration.between(Instant.parse(get("began")), Instant.parse(get(row + "at")))), effect));
            effect = "killed the process";
        }
        return lines;
    }

    private static String text(String duration) {
        return Durations.text(Duration.parse(duration));
    }

    private String counts() {
        List<String> all = List.copyOf(ended().values());
        String counts = Stream.of("STOPPED", "FAILED", "FORCED", "ABANDONED", "RUNNING").filter(all::contains)
                .map(end -> Collections.frequency(all, end) + " " + end.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "" : "; " + counts;
    }

    /** What the keys of each subsystem begin with. */
    private List<String> rows() {
        return IntStream.rangeClosed(1, Integer.parseInt(get("subsystems"))).mapToObj(i -> "subsystem." + i + ".").toList();
    }

    /** What the keys of each further order to end begin with. */
    private List<String> escalations() {
        return IntStream.iterate(1, i -> entries.containsKey("escalation." + i + ".at"), i -> i + 1)
                .mapToObj(i -> "escalation." + i + ".").toList();
    }

    /** The signals that were further orders to end. */
    List<String> escalatedBy() {
        return escalations().stream().map(row -> get(row + "signal")).toList();
    }

    String reason() {
        return get("reason");
    }

    String outcome() {
        return get("outcome");
    }

    boolean isDuringStart() {
        return "true".equals(entries.getProperty("during-start"));
    }

    /** How each subsystem ended. */
    Map<String, String> ended() {
        Map<String, String> ended = new LinkedHashMap<>();
        rows().forEach(row -> ended.put(get(row + "name"), get(row + "ended")));
        return ended;
    }

    /** What held up a process that was killed, and where. */
    List<String> held() {
        return IntStream.iterate(1, i -> entries.containsKey("held." + i), i -> i + 1).mapToObj(i -> get("held." + i)).toList();
    }

    /** Empty if it was not the daemon that said how the process ends. */
    Optional<String> exitCode() {
        return Optional.ofNullable(entries.getProperty("exit-code"));
    }

    String get(String key) {
        String value = entries.getProperty(key);
        assertThat(value).as("%s in %s", key, entries).isNotNull();
        return value;
    }
}
