package io.quarkiverse.procdaemon.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

import io.quarkiverse.procdaemon.bench.compare.Compare;

/**
 * Runs the benchmarks by turns and writes what JMH writes with {@code -rf json}, and beside it the comparison of all that. What
 * has been measured before a failure is in the file.
 */
public final class Bench {

    private static final String USAGE = "; usage: [--short | --once] [--out DIR] [REGEX of the benchmarks' names]";

    private Plan plan = Plan.FULL;
    private Path directory = Path.of("bench", "results");
    private Pattern some = Pattern.compile("");

    private Bench(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (Plan.named(arguments[i]) != null) {
                plan = Plan.named(arguments[i]);
            } else if (arguments[i].equals("--out") && i + 1 < arguments.length) {
                directory = Path.of(arguments[++i]);
            } else if (!arguments[i].startsWith("-")) {
                some = Pattern.compile(arguments[i]);
            } else {
                throw new IllegalArgumentException("unknown or incomplete: " + arguments[i] + USAGE);
            }
        }
    }

    /** @param arguments which plan, where to write to, and which benchmarks; exits with 1 if anything fails */
    public static void main(String[] arguments) {
        try {
            new Bench(arguments).run();
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
        // Some of what was measured in this JVM has left threads.
        System.exit(0);
    }

    private void run() throws Exception {
        if (plan == Plan.ONCE) {
            // The lock keeps two runs from disturbing each other's figures, and here they do not matter.
            System.setProperty("jmh.ignoreLock", "true");
        }
        Files.createDirectories(directory);
        String name = LocalDate.now() + "-" + Runtime.version().feature();
        Path json = directory.resolve(name + ".json");
        try (PrintStream log = new PrintStream(directory.resolve(name + ".log").toFile(), StandardCharsets.UTF_8)) {
            Rounds rounds = new Rounds(log);
            for (Part part : plan.parts()) {
                rounds.run(part, some);
                try (PrintStream out = new PrintStream(json.toFile(), StandardCharsets.UTF_8)) {
                    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(rounds.results());
                }
            }
        }
        Path table = directory.resolve(name + ".md");
        Files.writeString(table, Compare.of(List.of(json)));
        System.out.println("done: " + json + " and " + table);
    }
}
