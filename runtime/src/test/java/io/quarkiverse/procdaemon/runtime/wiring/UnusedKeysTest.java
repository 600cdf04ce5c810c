package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.config.ControlConfig;

/** Keys of a control socket that the application does not have are named. */
class UnusedKeysTest {

    private record Keys(Optional<Path> socket, Optional<List<String>> allowedUsers) implements ControlConfig {
    }

    private static final Keys NONE = new Keys(Optional.empty(), Optional.empty());
    private static final Keys SOCKET = new Keys(Optional.of(Path.of("/run/d.sock")), Optional.empty());
    private static final Keys USERS = new Keys(Optional.empty(), Optional.of(List.of("jane")));

    @Test
    void aKeyWithoutEffectIsNamed() {
        assertThat(UnusedKeys.warning(SOCKET, false)).contains("quarkus.proc-daemon.control.socket has no effect, because the "
                + "application was built without a control socket; build it with quarkus.proc-daemon.control.enabled=true, or "
                + "remove the key");
        assertThat(UnusedKeys.warning(USERS, false)).hasValueSatisfying(
                warning -> assertThat(warning).startsWith("quarkus.proc-daemon.control.allowed-users has no effect"));
    }

    @Test
    void thereIsNothingToSayOtherwise() {
        assertThat(UnusedKeys.warning(NONE, false)).isEmpty();
        assertThat(UnusedKeys.warning(SOCKET, true)).isEmpty();
    }
}
