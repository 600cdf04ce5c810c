package io.quarkiverse.procdaemon.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What may stand in the code as an interval, and as the value of its key. */
@Tag("any-jdk")
class IntervalExpressionTest {

    private static final String DURATION = "write it as in 500ms, 30s, 5m or PT1H30M, or 'off' for no calls";

    private static Duration interval(String every, Map<String, String> keys) {
        return IntervalExpression.of(every).in(new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSecretKeys("secret.interval").withSources(new PropertiesConfigSource(keys, "test", 100)).build());
    }

    @ParameterizedTest
    @CsvSource({ "10s,10000", "PT10S,10000", "500ms,500", "10,10000", "' 2m ',120000", "'{poll.interval:3s}',3000",
            "'{ poll.interval : 3s }',3000" })
    void durationsAreWrittenAsInConfiguration(String every, long millis) {
        assertThat(interval(every, Map.of())).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void offMeansNoCallsWhereverItStands() {
        assertThat(interval("off", Map.of())).isNull();
        assertThat(interval("{poll.interval:off}", Map.of())).isNull();
        assertThat(interval("{poll.interval:1s}", Map.of("poll.interval", "off"))).isNull();
        assertThat(interval("{poll.interval}", Map.of("poll.interval", " OFF "))).isNull();
    }

    @Test
    void theKeyCountsBeforeTheDefault() {
        assertThat(interval("{poll.interval:1s}", Map.of("poll.interval", "2s"))).isEqualTo(Duration.ofSeconds(2));
        assertThat(interval("{poll.interval}", Map.of("poll.interval", "${other}", "other", "3s")))
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(interval("{secret.interval}", Map.of("secret.interval", "4s"))).isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "10x|the interval \"\"10x\"\" is not a duration; DURATION",
            "\" \"|the interval \"\" \"\" is empty; DURATION",
            "0s|the interval \"\"0s\"\" is not greater than zero; raise it, or write 'off' for no calls",
            "PT-1S|the interval \"\"PT-1S\"\" is not greater than zero; raise it, or write 'off' for no calls",
            "20000d|the interval \"\"20000d\"\" is more than 10000 days; lower it, or write 'off' for no calls",
            "{a:xyz}|the interval \"\"{a:xyz}\"\" has a default that is not a duration; DURATION",
            "{a:}|the interval \"\"{a:}\"\" has a default that is empty; DURATION",
            "{a:0}|the interval \"\"{a:0}\"\" has a default that is not greater than zero; raise it, or write 'off' for no calls" })
    void whatIsNoDuration(String every, String sentence) {
        assertThatThrownBy(() -> IntervalExpression.of(every)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence.replace("\"\"", "\"").replace("DURATION", DURATION));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{", "}", "{}", "{ }", "{:5s}", "{a", "a}", "${a}", "x{a}", "{a}x", "{a}{b}", "{a b}",
            "{{a}}", "{a:{b}}" })
    void whatIsNoKey(String every) {
        assertThatThrownBy(() -> IntervalExpression.of(every)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the interval \"" + every + "\" is malformed; write a key and nothing else, as in {poll.interval} or "
                                + "{poll.interval:30s}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "soon|is not a duration; DURATION",
            "' '|is empty; DURATION",
            "-1s|is not greater than zero; raise it, or write 'off' for no calls",
            "${nothing}|uses a value that is not set; set that or remove the key" })
    void whatIsWrongWithTheValueOfAKeyIsSaidWithoutTheValue(String value, String objection) {
        assertThatThrownBy(() -> interval("{poll.interval:1s}", Map.of("poll.interval", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poll.interval " + objection.replace("DURATION", DURATION));
    }

    @Test
    void aValueThatCannotBeReadIsWrong() {
        assertThatThrownBy(() -> interval("{poll.interval}", Map.of("poll.interval", "${nobody::knows}")))
                .hasMessage("poll.interval cannot be read; correct its value");
    }

    @Test
    void aKeyWithoutAValueNeedsADefault() {
        assertThatThrownBy(() -> interval("{poll.interval}", Map.of())).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poll.interval has no value; set it, or give it a default where it is used, as in "
                        + "{poll.interval:30s}");
    }
}
