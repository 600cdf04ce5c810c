package io.quarkiverse.procdaemon.runtime.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class SignalNamesTest {

    private static final String NONE_HERE = "there is no signal of that name here; ";

    @ParameterizedTest
    @ValueSource(strings = { "TERM", "INT", "HUP", "USR1", "WINCH", "URG", "TSTP", "CONT" })
    void whatTheSystemHasCanHaveAnAction(String name) {
        assertThat(SignalNames.objection(name, "event")).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            QUIT | the JVM prints a thread dump when it gets it
            USR2 | the JVM uses it itself, for example for the Flight Recorder
            KILL | no process can handle it
            STOP | no process can handle it
            SEGV | the JVM needs it for errors in native code and for checks of its own
            BUS  | the JVM needs it for errors in native code and for checks of its own""")
    void whatTheJvmKeepsCanOnlyBeLeftToIt(String name, String reason) {
        assertThat(SignalNames.objection(name, "dump")).isEqualTo(
                name + " cannot have an action, because " + reason + "; use another signal, or remove the key");
        assertThat(SignalNames.objection(name, "none")).isNull();
    }

    @ParameterizedTest
    @CsvSource({ "SIGTERM, TERM", "sigusr1, USR1", "term, TERM", "Hup, HUP", "SIGQUIT, QUIT" })
    void anotherSpellingGetsTheRightOne(String name, String right) {
        assertThat(SignalNames.objection(name, "event"))
                .isEqualTo(NONE_HERE + "names are in capitals and without SIG: write \"" + right + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = { "TREM", "15", "", "SIG", "RTMAX+99", "TERM\nINT" })
    void anythingElseGetsAnExample(String name) {
        assertThat(SignalNames.objection(name, "event")).isEqualTo(NONE_HERE + "write its name in capitals and without SIG,"
                + " as in TERM (kill -l lists those of this system), or remove the key");
    }

    @Test
    void whetherTheActionExistsIsAnotherMatter() {
        assertThat(SignalNames.objection("TERM", "explode")).isNull();
    }
}
