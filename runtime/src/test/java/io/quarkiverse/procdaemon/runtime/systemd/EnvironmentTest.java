package io.quarkiverse.procdaemon.runtime.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;

/** What systemd says in the environment of a service. */
@Tag("any-jdk")
class EnvironmentTest {

    private static Optional<SystemdService> service(boolean isRequired, Map<String, String> environment) {
        return SystemdService.of(isRequired, environment::get, () -> true,
                () -> new ShutdownBudget(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void aSocketWithAFileAndOneWithout() {
        assertThat(NotifySocket.of("/run/n").path()).isEqualTo("/run/n".getBytes());
        assertThat(NotifySocket.of("@n").path()).isEqualTo(new byte[] { 0, 'n' });
        assertThat(NotifySocket.of("@n").name()).isEqualTo("@n");
        assertThat(service(true, Map.of("NOTIFY_SOCKET", "/run/n"))).isPresent();
    }

    @Test
    void oneThatCannotBeReachedIsAnErrorOnlyIfItIsRequired() {
        Map<String, String> machine = Map.of("NOTIFY_SOCKET", "vsock:2:1234");
        assertThat(service(false, machine)).isEmpty();
        assertThatThrownBy(() -> service(true, machine)).isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("the environment variable NOTIFY_SOCKET (vsock:2:1234) cannot be used: it is neither an"
                        + " absolute path nor an abstract name that begins with @; correct it, or set"
                        + " quarkus.proc-daemon.systemd.enabled to auto");
        assertThatThrownBy(() -> service(true, Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107))))
                .hasMessageContaining("its 108 bytes are no name for a socket, which has 2 to 107");
    }

    @Test
    void oneThatIsRequiredHasToBeThere() {
        assertThatThrownBy(() -> service(true, Map.of())).isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining(
                        "quarkus.proc-daemon.systemd.enabled is true, but the environment variable NOTIFY_SOCKET is"
                                + " not set: systemd did not start this process, or its unit has neither Type=notify nor NotifyAccess;"
                                + " correct the unit, or set the key to auto");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = { "-, -, 0", "3000000, -, 3000000000", "3000000, 42, 3000000000", "3000000, 43, 0",
            "0, -, 0", "-1, -, 0", "soon, -, 0" })
    void theWatchdog(String usec, String pid, long nanos) {
        assertThat(WatchdogInterval.nanos(usec, pid, 42)).isEqualTo(nanos);
    }
}
