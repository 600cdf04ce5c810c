package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogSenderTest {

    @ParameterizedTest
    @ValueSource(strings = { "<13>Nov 23 14:35:22 vm me: hello", "<0>", "<191>1 2026-11-23T14:35:22Z vm me - - - hello" })
    void isRecognizedByThePriority(String line) {
        assertThat(isRecognizedBy(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "<", "<1", "<13", "<>", "<a>", "<1234>", "13>", " <13>", "hello <13>", "<html>" })
    void isNotRecognizedByAnythingElse(String line) {
        assertThat(isRecognizedBy(line)).isFalse();
    }

    private static boolean isRecognizedBy(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return SyslogSender.isRecognizedBy(bytes, bytes.length);
    }
}
