package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be written any more. The limit on the size of files makes the system write in part, then fail. */
class FullDiskIT {

    private static final int KIBIBYTES = 256;

    @TempDir
    Path directory;

    @Test
    void whatIsNotOnDiskIsNotAcknowledgedAndTheJournalFails() throws Exception {
        Path journal = directory.resolve("lines.log");
        String line = "x".repeat(700);
        List<String> answers = new ArrayList<>();
        try (DaemonProcess daemon = DaemonProcess.on(journal)
                .through("bash", "-c", "ulimit -f " + KIBIBYTES + "; exec \"$@\"", "limited").up();
                LineClient client = daemon.connect()) {
            String answer;
            do {
                client.send((line + "\n").repeat(10));
                for (int i = 0; i < 10 && (answer = client.answer()) != null; i++) {
                    answers.add(answer);
                }
            } while (answers.get(answers.size() - 1).startsWith("OK"));
            daemon.awaitLog("Cannot write the journal " + journal);
        }
        answers.remove("ERR journal");
        assertThat(answers).isNotEmpty().allMatch(answer -> answer.startsWith("OK "));
        assertThat(journal).hasContent((line + "\n").repeat(answers.size()));
    }
}
