package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGTERM in the middle of the work: all that was journaled is acknowledged, and the other way round. */
@Isolated("its clients take all processors")
class GracefulShutdownIT {

    private static final int CLIENTS = 8;
    private static final int LINES = 100_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.quarkiverse.procdaemon.collector.Rounds#all")
    void acknowledgedIsJournaledOnceAndInOrder(int round) throws Exception {
        Path journal = directory.resolve("lines.log");
        int middle = LINES * round / (Rounds.count() + 1);

        List<LineLoad.Outcome> outcomes;
        try (DaemonProcess daemon = DaemonProcess.on(journal).up();
                LineLoad load = new LineLoad(daemon, CLIENTS, Rounds.window(round))) {
            load.awaitAcknowledged(middle);
            daemon.terminate();
            outcomes = load.outcomes();
            assertThat(daemon.awaitExit()).isEqualTo(143);
            daemon.assertStoppedInOrder();
        }

        List<String> lines = Files.readAllLines(journal);
        Map<Long, String> acknowledged = new HashMap<>();
        for (LineLoad.Outcome outcome : outcomes) {
            assertThat(outcome.numbers()).isSorted();
            for (int i = 0; i < outcome.numbers().size(); i++) {
                assertThat(acknowledged.put(outcome.numbers().get(i), outcome.line(i))).isNull();
            }
        }
        assertThat(acknowledged).hasSize(lines.size());
        acknowledged.forEach((number, line) -> assertThat(lines.get((int) (number - 1))).isEqualTo(line));
        System.out.printf("Round %d: SIGTERM after %d lines, %d acknowledged at the end%n", round, middle, lines.size());
    }
}
