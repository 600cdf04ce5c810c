package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

class ContributionTest {

    private static SubsystemSpec specify(Consumer<SubsystemBuilder> declaration) {
        return new Contribution("a", (name, restart, critical) -> () -> SubsystemSettings.declared(restart, critical),
                UnaryOperator.identity()).specify(declaration);
    }

    @Test
    void isWhatItsDeclarationSays() {
        SubsystemSpec spec = specify(builder -> builder.dependsOn("b").restart(RestartPolicy.ALWAYS).critical(false)
                .restartOn("x").run(() -> {
                    // Only that there is a body.
                }));
        assertThat(spec.name()).isEqualTo("a");
        assertThat(spec.dependsOn()).containsExactly("b");
        assertThat(spec.settings()).isEqualTo(SubsystemSettings.declared(RestartPolicy.ALWAYS, false));
        assertThat(spec.restartOn()).containsExactly("x");
        assertThat(spec.behavior().run()).isNotNull();
        assertThat(spec.behavior().onStart()).isNull();
    }

    @Test
    void isNotRegisteredByItsExtension() {
        assertThatThrownBy(() -> specify(SubsystemBuilder::register)).isInstanceOf(DaemonStateException.class)
                .hasMessage("PD-8001: subsystem 'a' is contributed by an extension, so the daemon registers it; remove the "
                        + "call of register()");
    }

    @Test
    void hasABodyIfItHasAnInterval() {
        assertThatThrownBy(() -> specify(builder -> builder.every("1s"))).isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("PD-1001: the registration of 'a' has a problem:\n  - subsystem 'a' has an interval but no body "
                        + "to call; add run(...)");
    }
}
