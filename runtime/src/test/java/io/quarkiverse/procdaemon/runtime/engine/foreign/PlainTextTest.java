package io.quarkiverse.procdaemon.runtime.engine.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @ParameterizedTest
    @ValueSource(strings = { "", "plain", "äöü 日本 😀", "a\\nb", "~" })
    void whatDoesNoHarmIsTheSameObject(String text) {
        assertThat(PlainText.escape(text)).isSameAs(text);
    }

    @Test
    void controlCharactersAreWrittenAsEscapes() {
        assertThat(PlainText.escape("a\nb\r\tc\u0000\u001b[31m\u007f\u0085"))
                .isEqualTo("a\\nb\\r\\tc\\u0000\\u001b[31m\\u007f\\u0085");
        assertThat(PlainText.escape("\u2028\u2029\u202e\u2066")).isEqualTo("\\u2028\\u2029\\u202e\\u2066");
        assertThat(PlainText.escape("\ud83d!\ude00")).isEqualTo("\\ud83d!\\ude00");
    }

    @Test
    void noTextOfAnyKindKeepsAnOddCharacter() {
        long seed = Long.getLong("text.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            String text = random.ints(random.nextInt(20), 0, 0x3000).collect(StringBuilder::new,
                    StringBuilder::appendCodePoint, StringBuilder::append).toString();
            assertThat(PlainText.escape(text)).as("-Dtext.seed=%d, text %d", seed, i)
                    .matches("[^\\p{Cc}\u2028-\u202e\u2066-\u2069]*");
        }
    }

    @Test
    void theLastCharacterOfACutTextSaysSo() {
        assertThat(PlainText.cut("abcd", 4)).isEqualTo("abcd");
        assertThat(PlainText.cut("abcde", 4)).isEqualTo("abc…");
        assertThat(PlainText.cut("ab😀de", 4)).as("never through a character").isEqualTo("ab…");
    }
}
