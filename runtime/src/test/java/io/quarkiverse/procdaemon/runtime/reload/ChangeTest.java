package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** Which key a veto is about. */
class ChangeTest {

    private static final Set<String> CHANGED = Set.of("a.port", "a.port-range", "a.ports[0]", "b.a.port", "c");

    @Test
    void theOneThatTheVetoNames() {
        assertThat(keyOf("IllegalArgumentException: a.port needs a restart", CHANGED)).contains("a.port");
        assertThat(keyOf("I do not like 'a.ports[0]'.", CHANGED)).contains("a.ports[0]");
        assertThat(keyOf("not b.a.port!", CHANGED)).contains("b.a.port");
        assertThat(keyOf("It is a.port.", CHANGED)).contains("a.port");
    }

    @Test
    void theOnlyOneThatHasChanged() {
        assertThat(keyOf("no", Set.of("a.port"))).contains("a.port");
    }

    @Test
    void noneIfItCouldBeSeveral() {
        assertThat(keyOf("no", CHANGED)).isEmpty();
        assertThat(keyOf("a.port or b.a.port", CHANGED)).isEmpty();
        assertThat(keyOf("a.port-range-of-others, x.a.port, a.port.x", CHANGED)).isEmpty();
    }

    private static Optional<String> keyOf(String veto, Set<String> changed) {
        return new Change(null, null, changed).keyOf(veto);
    }
}
