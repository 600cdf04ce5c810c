package io.quarkiverse.procdaemon.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("any-jdk")
class MemoryAmountTest {

    @ParameterizedTest
    @CsvSource({ "1, 1", "536870912, 536870912", "512M, 536870912", "512m, 536870912", "1G, 1073741824", "3K, 3072",
            "1T, 1099511627776", "' 7 ', 7", "50%, 1000", "12.5 %, 250", "100%, 2000", "0.1%, 2",
            "999999999999999, 999999999999999" })
    void amounts(String text, long bytes) {
        assertThat(MemoryAmount.parse(text).of(OptionalLong.of(2000))).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "0%", "0M", "101%", "100.1%", "-1", "-5%", "1.5G", "much", "%", "M", "10MB", "1e3", "NaN%",
            "9999999999999999", "999999999999999T", "५%" })
    void noAmounts(String text) {
        assertThat(MemoryAmount.parse(text)).isNull();
    }

    @Test
    void aPercentageOfTheUnknownIsUnknown() {
        assertThat(MemoryAmount.parse("50%").of(OptionalLong.empty())).isEmpty();
        assertThat(MemoryAmount.parse("50").of(OptionalLong.empty())).hasValue(50);
    }
}
