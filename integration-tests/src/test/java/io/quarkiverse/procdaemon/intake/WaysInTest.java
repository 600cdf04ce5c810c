package io.quarkiverse.procdaemon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.process.FreePort;
import io.quarkus.test.QuarkusProdModeTest;

/**
 * The guide's table of what lets work in: each way in was tried while the store started, ran, was stopped and started alone,
 * and stopped with the process.
 */
@Tag("any-jdk")
@Timeout(120)
class WaysInTest {

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .withApplicationRoot(jar -> jar.addPackage(WayIn.class.getPackage()).addClass(FreePort.class))
            .setApplicationName("ways-in").setRun(true).setExpectExit(true)
            .setRuntimeProperties(Map.of("quarkus.http.port", String.valueOf(FreePort.any())));

    @Test
    void workGetsIn() {
        assertThat(lines("let in: ")).containsExactly(
                "@ConsumeEvent: start, run, stop, stopped, restart, shutdown",
                "@ConsumeEvent with a gate: run",
                "@ObservesAsync: start, run, stop, stopped, restart, shutdown",
                "@ObservesAsync with a gate: run",
                "Multi in a subsystem: run",
                "Multi subscribed to by a StartupEvent observer: start, run, stop, stopped, restart, shutdown",
                "REST: run, stop, stopped, restart",
                "REST with a gate: run",
                "event bus in a subsystem: run",
                "own socket in a subsystem: run",
                "own socket of a @Startup bean: start, run, stop, stopped, restart, shutdown",
                "websockets-next: run, stop, stopped, restart",
                "websockets-next with a gate: run");
        assertThat(APPLICATION.getExitCode()).isZero();
    }

    @Test
    void theStopDoesNotWaitFor() {
        assertThat(lines("unfinished: ")).containsExactlyInAnyOrder("@ConsumeEvent", "@ObservesAsync",
                "Multi subscribed to by a StartupEvent observer", "own socket of a @Startup bean", "websockets-next");
    }

    private static Stream<String> lines(String prefix) {
        return APPLICATION.getStartupConsoleOutput().lines().filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()));
    }
}
