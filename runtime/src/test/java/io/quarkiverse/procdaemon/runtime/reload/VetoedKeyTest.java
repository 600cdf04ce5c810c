package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;

class VetoedKeyTest {

    private static final Set<String> CHANGED = Set.of("a.port", "a.port-range", "a.ports[0]", "b.a.port", "c");

    @Test
    void theOneThatTheVetoNames() {
        assertThat(VetoedKey.of("IllegalArgumentException: a.port needs a restart", CHANGED)).contains("a.port");
        assertThat(VetoedKey.of("I do not like 'a.ports[0]'.", CHANGED)).contains("a.ports[0]");
        assertThat(VetoedKey.of("not b.a.port!", CHANGED)).contains("b.a.port");
        assertThat(VetoedKey.of("It is a.port.", CHANGED)).contains("a.port");
    }

    @Test
    void theOnlyOneThatHasChanged() {
        assertThat(VetoedKey.of("no", Set.of("a.port"))).contains("a.port");
    }

    @Test
    void noneIfItCouldBeSeveral() {
        assertThat(VetoedKey.of("no", CHANGED)).isEmpty();
        assertThat(VetoedKey.of("a.port or b.a.port", CHANGED)).isEmpty();
        assertThat(VetoedKey.of("a.port-range-of-others, x.a.port, a.port.x", CHANGED)).isEmpty();
    }
}
