package io.quarkiverse.procdaemon.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFramerTest {

    private static final int MAX = 10;

    private final List<String> seen = new ArrayList<>();
    private final LineFramer framer = framer(MAX);

    @Test
    void linesAreTheSameWhereverTheInputIsSplit() {
        byte[] input = "one\n\r\n\nzwölf\r\n0123456789\n0123456789\r\n0123456789a\n01234567890123456789\r\na\rb\nlast\n"
                .getBytes(UTF_8);
        List<String> expected = List.of("one", "", "", "zwölf", "0123456789", "0123456789", "<too long>", "<too long>",
                "a\rb", "last");
        for (int first = 0; first <= input.length; first++) {
            for (int second = first; second <= input.length; second++) {
                seen.clear();
                framer.feed(ByteBuffer.wrap(input, 0, first));
                framer.feed(ByteBuffer.wrap(input, first, second - first));
                framer.feed(ByteBuffer.wrap(input, second, input.length - second));
                assertThat(seen).as("split at %d and %d", first, second).isEqualTo(expected);
                assertThat(framer.inLine()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 254, 255, 256, 257, 511, 512, 513, 8192 })
    void theLongestLineFitsExactly(int max) {
        LineFramer framer = framer(max);
        String longest = "x".repeat(max);

        feed(framer, longest + "\n" + longest + "\r\n" + longest + "y\n" + longest + "y\r\n" + longest + "\r\r\nz\n");

        assertThat(seen).containsExactly(longest, longest, "<too long>", "<too long>", "<too long>", "z");
    }

    @Test
    void anUnfinishedLineIsNoLine() {
        feed(framer, "done\nnot do");

        assertThat(seen).containsExactly("done");
        assertThat(framer.inLine()).isTrue();
    }

    @Test
    void anUnfinishedLineThatIsTooLongIsStillALine() {
        feed(framer, "x".repeat(5 * MAX));

        assertThat(seen).isEmpty();
        assertThat(framer.inLine()).isTrue();
    }

    private LineFramer framer(int max) {
        return new LineFramer(() -> max, new LineFramer.Sink() {
            @Override
            public void line(byte[] bytes, int length) {
                seen.add(new String(bytes, 0, length, UTF_8));
            }

            @Override
            public void tooLong() {
                seen.add("<too long>");
            }
        });
    }

    private static void feed(LineFramer framer, String text) {
        framer.feed(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
}
