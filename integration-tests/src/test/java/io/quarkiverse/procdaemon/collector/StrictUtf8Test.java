package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictUtf8Test {

    private final StrictUtf8 utf8 = new StrictUtf8();

    @ParameterizedTest
    @ValueSource(strings = { "", "plain", "Zwölf Boxkämpfer", "日本語", "🐘 at the end 🐘", "\0" })
    void takesText(String text) {
        assertThat(isValid(text.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = { "80", "ff", "c3", "61c3", "c328", "c080", "eda080", "f4908080", "e282", "f09f90", "f8888080" })
    void refusesWhatIsNot(String hex) {
        assertThat(isValid(HexFormat.of().parseHex(hex))).isFalse();
        assertThat(isValid("and on it goes".getBytes(UTF_8))).as("after %s", hex).isTrue();
    }

    @Test
    void judgesLongLinesToTheirEnd() {
        byte[] line = "ä".repeat(5000).getBytes(UTF_8);

        assertThat(isValid(line)).isTrue();
        assertThat(utf8.isValid(line, line.length - 1)).isFalse();
    }

    private boolean isValid(byte[] bytes) {
        return utf8.isValid(bytes, bytes.length);
    }
}
