package io.quarkiverse.procdaemon.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DifferenceTest {

    private static Pair pair(double base, double other) {
        return new Pair(new Measured(base, 0, 0), new Measured(other, 0, 0));
    }

    @Test
    void theDifferenceIsThatWithinAPair() {
        List<Pair> pairs = List.of(pair(100, 101), pair(200, 202), pair(300, 303), pair(400, 404), pair(500, 505));
        assertThat(Difference.of("start ms", "JVM", "no extension", 10, pairs, Measured::start))
                .isEqualTo(new Difference("start ms", "JVM", "no extension", 10, 5,
                        new Quartiles(200, 300, 400), new Quartiles(202, 303, 404), new Quartiles(2, 3, 4)));
    }

    @Test
    void aTableSaysWhatIsComparedWithWhat() {
        assertThat(
                Table.of(List.of(Difference.of("stop ms", "native", "no subsystems", 100, List.of(pair(1, 2)), Measured::stop)))
                        .lines().map(line -> line.strip().split(" {2,}")))
                .containsExactly(
                        new String[] { "no subsystems", "100 subsystems", "difference" },
                        new String[] { "stop ms", "0.0 [0.0 0.0]", "0.0 [0.0 0.0]", "0.0 [0.0 0.0]" });
    }

    @Test
    void theKindIsKnownByTheFileAndBothMustBeThere(@TempDir Path directory) throws Exception {
        Path jar = Files.createFile(directory.resolve("quarkus-run.jar"));
        Path executable = Files.createFile(directory.resolve("application-runner"));
        assertThat(new Applications(jar, jar).kind()).isEqualTo("JVM");
        assertThat(new Applications(executable, executable).kind()).isEqualTo("native");
        assertThat(new Applications(jar, jar).areBuilt()).isTrue();
        assertThat(new Applications(jar, directory).areBuilt()).isFalse();
    }
}
