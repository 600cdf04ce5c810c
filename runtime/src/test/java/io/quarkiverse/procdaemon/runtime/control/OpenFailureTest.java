package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.ShutdownReport;
import io.quarkiverse.procdaemon.runtime.engine.Engine;

/** A socket that turns out to be impossible when the daemon has begun already. */
@Timeout(60)
class OpenFailureTest {

    @TempDir
    Path directory;

    @Test
    void theDaemonShutsDownAsFailed() throws Exception {
        Path socket = directory.resolve("d.sock");
        Files.createDirectory(directory.resolve("d.sock.lock"));
        Engine engine = ControlFixture.daemon();
        engine.start();
        ControlService service = new ControlService(ControlFixture.config(socket));
        service.begin(engine);
        ControlFixture.await("the shutdown has begun", () -> engine.state() != DaemonState.RUNNING);

        engine.stop(new ShutdownReason.Requested("the test"));
        service.end();
        ShutdownReport report = engine.lastShutdown().orElseThrow();
        assertThat(report.outcome()).isEqualTo(ShutdownReport.Outcome.FAILED);
        assertThat(report.reason())
                .contains(new ShutdownReason.Requested("the control socket, which cannot be opened"));
        assertThat(report.exitCode()).hasValue(1);
    }
}
