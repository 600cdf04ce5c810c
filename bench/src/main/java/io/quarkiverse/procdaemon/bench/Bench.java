package io.quarkiverse.procdaemon.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

import io.quarkiverse.procdaemon.bench.report.Report;
import io.quarkiverse.procdaemon.bench.run.Clock;
import io.quarkiverse.procdaemon.bench.run.Results;
import io.quarkiverse.procdaemon.bench.run.Section;

/** Runs everything and writes what comes out, as JSON and as a table. */
public final class Bench {

    private boolean brief;
    private Path directory = Path.of("bench", "results");

    private Bench(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            String argument = arguments.next();
            if (argument.equals("--short")) {
                brief = true;
            } else if (argument.equals("--out") && arguments.hasNext()) {
                directory = Path.of(arguments.next());
            } else {
                throw new IllegalArgumentException("unknown or incomplete: " + argument + "; say [--short] [--out DIR]");
            }
        }
    }

    /**
     * Exits with 1 if anything fails; what has been measured until then is in the file.
     *
     * @param arguments {@code --short}: everything once, to see that it runs; {@code --out DIR}: where to write to, instead of
     *        {@code bench/results}
     */
    public static void main(String[] arguments) {
        try {
            new Bench(List.of(arguments).iterator()).run();
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
        // Some of what was measured in this JVM has left threads.
        System.exit(0);
    }

    private void run() throws Exception {
        if (brief) {
            // The lock keeps two runs from disturbing each other's figures, and here they do not matter.
            System.setProperty("jmh.ignoreLock", "true");
        }
        List<Section> sections = brief ? Plan.brief() : Plan.full();
        Clock clock = new Clock();
        clock.print("about " + Clock.text(sections.stream().mapToDouble(Section::seconds).sum()) + " in all");
        Results results = new Results();
        Path json = directory.resolve(results.name() + ".json");
        for (Section section : sections) {
            clock.print("== " + section.title() + ", about " + Clock.text(section.seconds()));
            section.run(results, clock);
            results.write(json);
        }
        Path table = directory.resolve(results.name() + ".md");
        Files.writeString(table, Report.of(List.of(json)));
        clock.print("done: " + json + " and " + table);
    }
}
