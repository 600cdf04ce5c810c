package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing reads the output of the process. */
@Isolated("a process that logs without end takes a processor, and its end has a bound")
class StreamsIT {

    /** Less than a pipe holds. */
    private static final int PIPE = 50_000;

    @TempDir
    Path directory;

    /** Eventually the pipe is full, and every thread that logs is stuck. */
    @Test
    void aPipeThatNobodyReads() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).unread().up()) {
            Preparation.prepare(daemon, "flood-run=FLOOD +flood");
            int[] before = { -1 };
            await("a pipe that is full").atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(200)).until(() -> {
                int now = daemon.printed().available();
                boolean stuck = now > PIPE && now == before[0];
                before[0] = now;
                return stuck;
            });

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(137, Ending.BOUND);
            assertThat(Report.read(Ending.file(directory)).outcome()).isEqualTo("KILLED");
        }
    }

    @Test
    void aPipeThatIsClosed() throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).unread().up()) {
            daemon.printed().close();

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "exec \"$@\" >&- 2>&-", "exec \"$@\" <&- >&- 2>&-", "exec \"$@\" >/dev/full 2>&1" })
    void noneAtAll(String command) throws Exception {
        try (DaemonProcess daemon = Ending.launch(directory).unread().through("bash", "-c", command, "closed").up()) {
            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Ending.BOUND);
            ending.says("signal TERM", 143, Map.of());
        }
    }
}
