package io.quarkiverse.procdaemon.bench.augmentation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.bench.Sample;
import io.quarkiverse.procdaemon.bench.run.Jvm;

/**
 * How much longer the augmentation of an application takes if its beans are subsystems: beside it, by turns, the same
 * application with as many plain beans. Each is built in a JVM of its own, as by Maven.
 */
public final class AugmentationBenchmark {

    private static final Path PROJECT = Path.of("bench", "apps", "with");

    private AugmentationBenchmark() {
    }

    /**
     * What one number of subsystems costs.
     *
     * @param subsystems how many
     * @param builds of each of both
     * @param plain milliseconds with plain beans, the median
     * @param added milliseconds more with subsystems, the median of the differences
     * @param each the same for each subsystem beyond the first
     */
    public record Added(int subsystems, int builds, double plain, double added, double each) {

        @Override
        public String toString() {
            return String.format(
                    "%6d subsystems, %d builds: %8.0f ms with plain beans, %+8.1f ms with subsystems, %6.3f ms each",
                    subsystems, builds, plain, added, each);
        }
    }

    /** Prints a line for 1, 10 and 1,000 subsystems. System property {@code builds}: of each, 7 unless it says otherwise. */
    public static void main(String[] args) throws IOException, InterruptedException {
        measure(Integer.getInteger("builds", 7), 1, 10, 1_000).forEach(System.out::println);
    }

    /** Measures each number of subsystems; the first of them is what those after it are compared with. */
    public static List<Added> measure(int builds, int... numbers) throws IOException, InterruptedException {
        List<Added> rows = new ArrayList<>();
        for (int number : numbers) {
            double[] plain = new double[builds];
            double[] added = new double[builds];
            for (int i = 0; i < builds; i++) {
                // Which one comes first changes, so that none profits from what the other has left in the caches.
                boolean swapped = i % 2 == 1;
                double first = milliseconds(swapped ? GeneratedBeans.SUBSYSTEM : GeneratedBeans.PLAIN, number);
                double second = milliseconds(swapped ? GeneratedBeans.PLAIN : GeneratedBeans.SUBSYSTEM, number);
                plain[i] = swapped ? second : first;
                added[i] = swapped ? first - second : second - first;
            }
            double more = Sample.of(added).median();
            double base = rows.isEmpty() ? more : rows.get(0).added();
            rows.add(new Added(number, builds, Sample.of(plain).median(), more,
                    (more - base) / Math.max(1, number - numbers[0])));
        }
        return rows;
    }

    private static double milliseconds(GeneratedBeans kind, int howMany) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("bench-augmentation");
        try {
            Path sources = Files.createDirectory(directory.resolve("sources"));
            Path classes = Files.createDirectory(directory.resolve("classes"));
            Path into = Files.createDirectory(directory.resolve("into"));
            kind.compile(howMany, sources, classes);
            return Jvm.rows(Augmentation.class, List.of("-Dclasses=" + classes, "-Dproject=" + PROJECT.toAbsolutePath(),
                    "-Dinto=" + into)).get(0).get("milliseconds").asDouble();
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }
}
