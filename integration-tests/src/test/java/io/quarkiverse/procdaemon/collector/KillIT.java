package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} in the middle of the work: nothing acknowledged is lost, and the next start repairs the journal. */
@Isolated("its clients take all processors")
class KillIT {

    private static final int CLIENTS = 8;
    private static final int LINES = 100_000;
    private static final String HALF_A_LINE = "half a lin";

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.quarkiverse.procdaemon.collector.Rounds#all")
    void nothingAcknowledgedIsLostAndNumbersGoOn(int round) throws Exception {
        Path journal = directory.resolve("lines.log");
        int middle = LINES * round / (Rounds.count() + 1);

        List<LineLoad.Outcome> outcomes;
        try (DaemonProcess daemon = DaemonProcess.on(journal).up();
                LineLoad load = new LineLoad(daemon, CLIENTS, Rounds.window(round))) {
            load.awaitAcknowledged(middle);
            daemon.kill();
            outcomes = load.outcomes();
            assertThat(daemon.awaitExit()).isEqualTo(137);
        }
        Files.writeString(journal, HALF_A_LINE, APPEND);
        String whole = wholeLines(journal);
        long torn = Files.size(journal) - whole.getBytes(UTF_8).length;
        List<String> lines = whole.lines().toList();

        for (LineLoad.Outcome outcome : outcomes) {
            assertThat(outcome.numbers()).isSorted();
            for (int i = 0; i < outcome.numbers().size(); i++) {
                assertThat(lines.get((int) (outcome.numbers().get(i) - 1))).isEqualTo(outcome.line(i));
            }
        }
        assertThat(new HashSet<>(lines)).as("no line twice").hasSize(lines.size());
        assertThat(outcomes.stream().mapToInt(outcome -> outcome.numbers().size()).sum()).isBetween(middle, lines.size());

        try (DaemonProcess next = DaemonProcess.on(journal).up(); LineClient client = next.connect()) {
            next.awaitLog("WARN .*Cut a torn last line of " + torn + " bytes off " + journal);
            assertThat(client.send("next\n").answer()).isEqualTo("OK " + (lines.size() + 1));
        }
        assertThat(Files.readString(journal)).isEqualTo(whole + "next\n");
        System.out.printf("Round %d: killed after %d lines, %d in the journal%n", round, middle, lines.size());
    }

    private static String wholeLines(Path journal) throws IOException {
        String text = Files.readString(journal);
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }
}
