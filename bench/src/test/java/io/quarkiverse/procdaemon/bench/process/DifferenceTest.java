package io.quarkiverse.procdaemon.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DifferenceTest {

    private static Pair pair(double without, double with) {
        return new Pair(new Measured(without, 0, 0), new Measured(with, 0, 0));
    }

    @Test
    void theDifferenceIsThatWithinAPair() {
        List<Pair> pairs = List.of(pair(100, 101), pair(200, 202), pair(300, 303), pair(400, 404), pair(500, 505));
        assertThat(Difference.of("start ms", 10, pairs, Measured::start)).isEqualTo(new Difference("start ms", 10, 5,
                new Quartiles(200, 300, 400), new Quartiles(202, 303, 404), new Quartiles(2, 3, 4)));
    }
}
