package io.quarkiverse.procdaemon.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.config.SignalAction;

class SignalHandlersTest {

    private static final Set<String> OF_WINDOWS = Set.of("ABRT", "BREAK", "FPE", "ILL", "INT", "SEGV", "TERM");

    /** Otherwise each start on Windows would warn about a signal that nobody has configured. */
    @Test
    void aDefaultForASignalThatTheSystemLacksIsLeftOut() {
        assertThat(SignalHandlers.withDefaults(Map.of(), OF_WINDOWS::contains))
                .isEqualTo(Map.of("TERM", SignalAction.SHUTDOWN, "INT", SignalAction.SHUTDOWN));
    }

    @Test
    void whatIsConfiguredReplacesTheDefault() {
        assertThat(SignalHandlers.withDefaults(Map.of("HUP", SignalAction.NONE, "USR1", SignalAction.RELOAD), signal -> true))
                .isEqualTo(Map.of("TERM", SignalAction.SHUTDOWN, "INT", SignalAction.SHUTDOWN, "HUP", SignalAction.NONE, "USR1",
                        SignalAction.RELOAD));
    }
}
