package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.events.ReloadText;

class ReloadTextTest {

    @Test
    void aProblemIsOneLineWhateverIsInIt() {
        ConfigProblem problem = new ConfigProblem(Optional.of("a"), Optional.of("x"), OptionalInt.empty(),
                "a is bad\n2026-01-01 INFO all is well\u001b[2J");
        assertThat(
                ReloadText.of(new ReloadResult(ReloadResult.Status.REJECTED, 1, Set.of(), Set.of(), List.of(problem))).lines())
                .hasSize(2).last().isEqualTo("  x: a is bad\\n2026-01-01 INFO all is well\\u001b[2J");
        assertThat(problem).hasToString("x: a is bad\\n2026-01-01 INFO all is well\\u001b[2J");
        assertThat(ReloadText.keys(Set.of("a\nb"))).isEqualTo("a\\nb");
    }
}
