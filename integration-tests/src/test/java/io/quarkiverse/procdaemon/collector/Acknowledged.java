package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares what clients were promised with the journal. */
final class Acknowledged {

    private Acknowledged() {
    }

    /**
     * Asserts that each acknowledged line is in the journal once, under the number sent to its client, and that no line is
     * there twice.
     *
     * @return how many lines were acknowledged
     */
    static int assertJournaledOnce(Path journal, List<LineLoad.Outcome> outcomes) throws IOException {
        List<String> lines = Files.readAllLines(journal);
        assertThat(new HashSet<>(lines)).as("no line twice").hasSize(lines.size());
        Set<Long> numbers = new HashSet<>();
        for (LineLoad.Outcome outcome : outcomes) {
            assertThat(outcome.numbers()).isSorted();
            for (int i = 0; i < outcome.numbers().size(); i++) {
                long number = outcome.numbers().get(i);
                assertThat(numbers.add(number)).as("number %d was given once", number).isTrue();
                assertThat(lines.get((int) number - 1)).isEqualTo(outcome.line(i));
            }
        }
        return numbers.size();
    }
}
