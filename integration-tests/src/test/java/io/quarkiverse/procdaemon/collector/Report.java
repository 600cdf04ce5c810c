package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The first line and the rows below it as they are in a log, with single spaces. */
    static List<String> inLog(String log) {
        Matcher report = IN_LOG.matcher(log);
        assertThat(report.find()).as("report in the log:%n%s", log).isTrue();
        return report.group().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
    }

    /** The same lines, made of the file. */
    List<String> asInLog() {
        List<String> lines = new ArrayList<>();
        lines.add("line-collector %s %s: %s (exit code %s)%s".formatted(
                outcome().equals("KILLED") ? "is killed after" : "has shut down in", get("took"), get("reason"),
                get("exit-code"), counts()));
        for (int i = 0; i < count(); i++) {
            lines.add(Stream.of("name", "was", "ended", "took", "why").map(of(i)::get).filter(text -> !text.isEmpty())
                    .collect(Collectors.joining(" ")));
        }
        return lines;
    }

    private String counts() {
        List<String> all = List.copyOf(ended().values());
        String counts = Stream.of("STOPPED", "FAILED", "FORCED", "ABANDONED", "RUNNING").filter(all::contains)
                .map(end -> all.stream().filter(end::equals).count() + " " + end.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "" : "; " + counts;
    }

    private Map<String, String> of(int subsystem) {
        Map<String, String> row = new LinkedHashMap<>();
        for (String column : List.of("name", "was", "ended", "took", "why")) {
            row.put(column, entries.getProperty("subsystem." + subsystem + "." + column, ""));
        }
        row.computeIfPresent("ended", (column, end) -> end.toLowerCase(Locale.ROOT));
        return row;
    }

    private int count() {
        return Integer.parseInt(get("subsystems"));
    }

    String outcome() {
        return get("outcome");
    }

    /** How each subsystem ended. */
    Map<String, String> ended() {
        Map<String, String> ended = new LinkedHashMap<>();
        for (int i = 0; i < count(); i++) {
            ended.put(get("subsystem." + i + ".name"), get("subsystem." + i + ".ended"));
        }
        return ended;
    }

    String get(String key) {
        String value = entries.getProperty(key);
        assertThat(value).as("%s in %s", key, entries).isNotNull();
        return value;
    }
}
