package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("a second is too little beside other processes that start")
class HangingObserverIT {

    @TempDir
    Path directory;

    /** Also one that has hung since the first event. */
    @ParameterizedTest
    @CsvSource({ "subsystem-event=IGNORE_INTERRUPTS,", ", subsystem-event=IGNORE_INTERRUPTS" })
    void anObserverOfEventsThatHangsDelaysTheEndByASecondAtMost(String fromTheStart, String whenUp) throws Exception {
        try (DaemonProcess daemon = Preparation.faults(Ending.launch(directory), fromTheStart).up()) {
            Preparation.awaitMet(daemon, fromTheStart);
            Preparation.prepare(daemon, whenUp);

            Ending ending = Ending.by(Trigger.TERM, daemon, directory);
            ending.exits(143, Duration.ofSeconds(2));
            assertThat(ending.says(Trigger.TERM.reason(), 143, Map.of()).outcome()).isEqualTo("CLEAN");
        }
    }
}
