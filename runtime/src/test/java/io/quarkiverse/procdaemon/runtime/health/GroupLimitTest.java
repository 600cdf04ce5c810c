package io.quarkiverse.procdaemon.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class GroupLimitTest {

    @Test
    void asManyGroupsAsSmallRyeHealthAllows() {
        assertThat(GroupLimit.problems(100, 100)).isEmpty();
    }

    @Test
    void oneMore() {
        assertThat(GroupLimit.problems(101, 100)).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(Optional.of("io.smallrye.health.maxGroupRegistriesCount"));
            assertThat(problem.reason())
                    .isEqualTo("subsystem.health.group names 101 groups, but SmallRye Health allows 100; use"
                            + " fewer groups, or set io.smallrye.health.maxGroupRegistriesCount to at least 101");
        });
    }
}
