package io.quarkiverse.procdaemon.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.event.DaemonSignal;
import io.quarkiverse.procdaemon.runtime.config.SignalAction;
import sun.misc.Signal;

class SignalHandlersTest {

    private static final Set<String> OF_WINDOWS = Set.of("ABRT", "BREAK", "FPE", "ILL", "INT", "SEGV", "TERM");

    /** Remembers what was called. */
    private static final class Calls implements SignalTarget {

        final List<String> all = new ArrayList<>();

        @Override
        public void shutdown(ShutdownReason.Signal signal, int exitCode) {
            all.add("shutdown " + signal.name() + " " + exitCode);
        }

        @Override
        public void reload(String cause) {
            all.add("reload " + cause);
        }

        @Override
        public void dump(String signal) {
            all.add("dump " + signal);
        }

        @Override
        public void drain() {
            all.add("drain");
        }

        @Override
        public void resume() {
            all.add("resume");
        }

        @Override
        public void received(DaemonSignal signal) {
            all.add("received " + signal.name() + " " + signal.number());
        }
    }

    /** Otherwise each start on Windows would warn about a signal that nobody has configured. */
    @Test
    void aDefaultForASignalThatTheSystemLacksIsLeftOut() {
        assertThat(SignalHandlers.withDefaults(Map.of(), OF_WINDOWS::contains))
                .isEqualTo(Map.of("TERM", SignalAction.SHUTDOWN, "INT", SignalAction.SHUTDOWN));
    }

    @Test
    void whatIsConfiguredReplacesTheDefault() {
        assertThat(SignalHandlers.withDefaults(Map.of("HUP", SignalAction.NONE, "URG", SignalAction.RELOAD), signal -> true))
                .isEqualTo(Map.of("TERM", SignalAction.SHUTDOWN, "INT", SignalAction.SHUTDOWN, "HUP", SignalAction.NONE, "URG",
                        SignalAction.RELOAD, "USR1", SignalAction.DUMP));
    }

    /** Only the small letters of an environment variable get this far. */
    @Test
    void aVariableReplacesTheDefaultToo() {
        assertThat(SignalHandlers.withDefaults(Map.of("usr1", SignalAction.DRAIN), signal -> true))
                .containsEntry("USR1", SignalAction.DRAIN).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({ "SHUTDOWN, shutdown INT 130", "RELOAD, reload The signal INT", "DUMP, dump INT", "DRAIN, drain",
            "RESUME, resume" })
    void anActionComesBeforeItsEvent(SignalAction action, String call) {
        Calls calls = new Calls();
        new SignalHandlers(calls, OptionalInt.empty()).perform(action, new Signal("INT"));
        assertThat(calls.all).containsExactly(call, "received INT 2");
    }

    @ParameterizedTest
    @CsvSource({ "EVENT", "IGNORE" })
    void othersHaveOnlyTheEvent(SignalAction action) {
        Calls calls = new Calls();
        new SignalHandlers(calls, OptionalInt.empty()).perform(action, new Signal("INT"));
        assertThat(calls.all).containsExactly("received INT 2");
    }

    @Test
    void theExitCodeCanBeSet() {
        Calls calls = new Calls();
        new SignalHandlers(calls, OptionalInt.of(0)).perform(SignalAction.SHUTDOWN, new Signal("INT"));
        assertThat(calls.all).contains("shutdown INT 0");
    }
}
