package io.quarkiverse.procdaemon.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkus.runtime.RuntimeValue;

class SubsystemSpecsTest {

    @Test
    void namesTheOneWhoseCodeFails() {
        IllegalStateException bug = new IllegalStateException("no region");
        SubsystemSpecs specs = new SubsystemSpecs(null, new RequestContexts(null), new LiveSettings(null, () -> null),
                Map.of("acme-cache", new RuntimeValue<>(builder -> {
                    throw bug;
                })));
        SubsystemDefinition definition = new SubsystemDefinition("acme-cache", List.of(), null, RestartPolicy.ON_FAILURE, true,
                new SubsystemDefinition.Methods(null, null, null, null, null, null), List.of(), List.of());
        assertThatThrownBy(() -> specs.of(definition)).isInstanceOf(SubsystemException.class).hasCause(bug)
                .hasMessage(
                        "PD-4002: subsystem 'acme-cache' cannot start because the extension that contributes it failed to set "
                                + "it up: java.lang.IllegalStateException: no region");
    }
}
