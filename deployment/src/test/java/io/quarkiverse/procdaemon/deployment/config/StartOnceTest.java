package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;

import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.QuarkusUnitTest;

/** In a test a start that fails is tried once: who waits for the result has seen enough. */
class StartOnceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Ingest.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.initial-delay", "1ms")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.max-delay", "1ms")
            .setLogRecordPredicate(line -> ExtLogRecord.wrap(line).getFormattedMessage().contains("for good"))
            .assertLogRecords(lines -> assertThat(lines).map(line -> ExtLogRecord.wrap(line).getFormattedMessage())
                    .containsExactly("ingest#1 STOPPING -> FAILED for good: its start failed, which is not tried again"
                            + " because start.retry is false, as by default in dev mode and tests"))
            .assertException(thrown -> assertThat(thrown).hasMessage("PD-4002: the daemon does not start because"
                    + " subsystem 'ingest' failed: IOException: port 7070 is taken"));

    @Subsystem
    static class Ingest {
        @OnStart
        void bind() throws IOException {
            throw new IOException("port 7070 is taken");
        }
    }

    @Test
    void doesNotGetHere() {
        fail("the start should have failed");
    }
}
