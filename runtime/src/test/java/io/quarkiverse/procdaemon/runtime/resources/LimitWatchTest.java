package io.quarkiverse.procdaemon.runtime.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-jdk")
class LimitWatchTest {

    private static final OptionalLong LIMIT = OptionalLong.of(1000);

    private final LimitWatch watch = new LimitWatch();

    private LimitWatch.Change sample(long used) {
        return watch.sample(OptionalLong.of(used), LIMIT);
    }

    @Test
    void threeSamplesInARowExceedIt() {
        assertThat(sample(1001)).isNull();
        assertThat(sample(1001)).isNull();
        assertThat(sample(1000)).as("what equals the limit does not exceed it").isNull();
        assertThat(sample(1001)).isNull();
        assertThat(sample(1002)).isNull();
        assertThat(watch.isExceeded()).isFalse();
        assertThat(sample(1003)).isEqualTo(new LimitWatch.Change(true, 1003, 1000));
        assertThat(watch.isExceeded()).isTrue();
    }

    @Test
    void itStaysExceededUntilTheUseIsBelowNineTenths() {
        sample(2000);
        sample(2000);
        assertThat(sample(2000)).isNotNull();
        assertThat(sample(999)).isNull();
        assertThat(sample(3000)).as("once is enough").isNull();
        assertThat(sample(900)).isNull();
        assertThat(sample(899)).isEqualTo(new LimitWatch.Change(false, 899, 1000));
        assertThat(sample(1500)).isNull();
        assertThat(sample(1500)).isNull();
        assertThat(sample(1500)).isEqualTo(new LimitWatch.Change(true, 1500, 1000));
    }

    @Test
    void aSampleThatIsUnknownChangesNothing() {
        sample(2000);
        sample(2000);
        assertThat(watch.sample(OptionalLong.empty(), LIMIT)).isNull();
        assertThat(sample(2000)).isNotNull();
        assertThat(watch.sample(OptionalLong.empty(), LIMIT)).isNull();
        assertThat(watch.isExceeded()).isTrue();
    }

    @Test
    void aLimitThatIsGoneIsNotExceeded() {
        assertThat(watch.sample(OptionalLong.of(5), OptionalLong.empty())).isNull();
        sample(2000);
        sample(2000);
        sample(2000);
        assertThat(watch.sample(OptionalLong.of(1800), OptionalLong.empty()))
                .isEqualTo(new LimitWatch.Change(false, 1800, 1000));
        assertThat(sample(2000)).as("counted from the beginning").isNull();
    }

    @Test
    void aLimitThatComesBackIsCountedFromTheBeginning() {
        sample(2000);
        sample(2000);
        assertThat(watch.sample(OptionalLong.of(2000), OptionalLong.empty())).isNull();
        assertThat(sample(2000)).isNull();
        assertThat(sample(2000)).isNull();
        assertThat(sample(2000)).isNotNull();
    }

    @Test
    void anotherLimitAppliesToTheNextSample() {
        sample(2000);
        sample(2000);
        assertThat(watch.sample(OptionalLong.of(2000), OptionalLong.of(3000))).isNull();
        assertThat(watch.isExceeded()).isFalse();
        assertThat(sample(2000)).isNull();
    }
}
