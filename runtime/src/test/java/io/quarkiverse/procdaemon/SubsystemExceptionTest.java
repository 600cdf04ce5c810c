package io.quarkiverse.procdaemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import org.junit.jupiter.api.Test;

class SubsystemExceptionTest {

    private final SubsystemException concluded = new SubsystemException(ErrorCode.RUN_FAILED, "mail", "subsystem 'mail' failed",
            new IllegalStateException("the disk is full"));

    @Test
    void aConclusionHasNoStackButItsCauseHas() {
        assertThat(concluded.getStackTrace()).isEmpty();
        assertThat(printed(concluded)).startsWith(SubsystemException.class.getName() + ": " + ErrorCode.RUN_FAILED
                + ": subsystem 'mail' failed" + System.lineSeparator()
                + "Caused by: java.lang.IllegalStateException: the disk is full" + System.lineSeparator() + "\tat "
                + getClass().getName());
    }

    @Test
    void theStackOfAThreadThatHangsCanBeSet() {
        StackTraceElement[] hanging = { new StackTraceElement("Mail", "send", "Mail.java", 7) };

        concluded.setStackTrace(hanging);

        assertThat(concluded.getStackTrace()).containsExactly(hanging);
        assertThat(printed(concluded)).contains("\tat Mail.send(Mail.java:7)");
    }

    @Test
    void whoAsksForWhatIsNotThereIsShown() {
        SubsystemNotFoundException asked = new SubsystemNotFoundException("mial", List.of("mail"));

        assertThat(asked.getStackTrace()[0].getMethodName()).isEqualTo("whoAsksForWhatIsNotThereIsShown");
    }

    private static String printed(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
