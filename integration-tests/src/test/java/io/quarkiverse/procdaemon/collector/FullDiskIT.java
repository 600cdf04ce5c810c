package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be written any more. The limit on the size of files makes the system write in part, then fail. */
class FullDiskIT {

    private static final int KIBIBYTES = 256;
    private static final String LINE = "x".repeat(700);
    private static final List<String> DEPENDENTS = List.of("ingest", "tally");

    @TempDir
    Path directory;

    private DaemonProcess.Launch limited(Path journal) {
        return DaemonProcess.on(journal).through("bash", "-c", "ulimit -S -f " + KIBIBYTES + "; exec \"$@\"", "limited");
    }

    /** Sends lines until one is not acknowledged; returns what was answered. */
    private static List<String> fill(LineClient client) throws IOException {
        List<String> answers = new ArrayList<>();
        String answer;
        do {
            client.send((LINE + "\n").repeat(10));
            for (int i = 0; i < 10 && (answer = client.answer()) != null; i++) {
                answers.add(answer);
            }
        } while (answers.get(answers.size() - 1).startsWith("OK"));
        return answers;
    }

    @Test
    void whatIsNotOnDiskIsNotAcknowledgedAndTheJournalFails() throws Exception {
        Path journal = directory.resolve("lines.log");
        List<String> answers;
        try (DaemonProcess daemon = limited(journal).up(); LineClient client = daemon.connect()) {
            answers = fill(client);
            daemon.awaitLog("Cannot write the journal " + journal);
        }
        answers.remove("ERR journal");
        assertThat(answers).isNotEmpty().allMatch(answer -> answer.startsWith("OK "));
        assertThat(journal).hasContent((LINE + "\n").repeat(answers.size()));
    }

    @Test
    void whenThereIsSpaceAgainItGoesOnByItself() throws Exception {
        Path journal = directory.resolve("lines.log");
        int acknowledged;
        try (DaemonProcess daemon = limited(journal).withRule("journal", "restart.initial-delay", "2s").up()) {
            DaemonHttp http = daemon.http();
            // The first answer takes long, and later there are two seconds in which it has to come.
            assertThat(http.readiness("journal").isUp()).isTrue();
            try (LineClient client = daemon.connect()) {
                List<String> answers = fill(client);
                answers.remove("ERR journal");
                acknowledged = answers.size();
            }
            DaemonHttp.Check failed = http.awaitReadiness("journal", check -> check.state().equals("RESTARTING"));
            assertThat(failed.status()).isEqualTo("DOWN");
            assertThat(failed.data().getString("lastFailure"))
                    .startsWith("JournalException: Cannot write the journal " + journal);
            for (String dependent : DEPENDENTS) {
                DaemonHttp.Check waiting = http.readiness(dependent);
                assertThat(waiting.status()).as(dependent).isEqualTo("DOWN");
                assertThat(waiting.state()).as(dependent).isEqualTo("WAITING");
                assertThat(waiting.data().getString("reason")).startsWith("waits for 'journal', which is RESTARTING: ");
            }

            daemon.limitFiles("unlimited");
            for (String dependent : DEPENDENTS) {
                http.awaitReadiness(dependent, DaemonHttp.Check::isUp);
            }
            try (LineClient client = daemon.connect()) {
                assertThat(client.send(LINE + "\n").answer()).isEqualTo("OK " + (acknowledged + 1));
            }
        }
        assertThat(journal).hasContent((LINE + "\n").repeat(acknowledged + 1));
    }
}
