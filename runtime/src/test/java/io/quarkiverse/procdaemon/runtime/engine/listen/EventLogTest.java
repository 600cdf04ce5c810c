package io.quarkiverse.procdaemon.runtime.engine.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

class EventLogTest {

    private static final Logger LOGGER = Logger.getLogger("io.quarkiverse.procdaemon");

    private final List<String> lines = new ArrayList<>();
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getLevel() + " " + ((ExtLogRecord) line).getFormattedMessage());
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOGGER.removeHandler(handler);
    }

    /** Whatever it was doing: a start that fails in the end may be the fifth, hours after the daemon's. */
    @ParameterizedTest
    @EnumSource(SubsystemEvent.Phase.class)
    void givingUpSaysWhyAndWhatHappenedLast(SubsystemEvent.Phase phase) {
        new EventLog().onEvent(new SubsystemEvent.GaveUp(1, "ingest", 4, Instant.EPOCH, phase, new IOException("no port"),
                "its restart policy is NEVER"));

        assertThat(lines).containsExactly(
                "ERROR ingest#4 has failed for good: its restart policy is NEVER; the last failure: IOException: no port");
    }
}
