package io.quarkiverse.procdaemon.deployment.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.runtime.engine.DaemonService;
import io.quarkus.test.QuarkusUnitTest;

/** By default an application has no control socket, whatever its path would be. */
class NoControlSocketTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.control.socket", "target/none.sock");

    @Inject
    @Any
    Instance<DaemonService> services;

    @Subsystem
    static class Journal {
    }

    @Test
    void isTheDefault() {
        assertThat(services.stream().map(service -> service.getClass().getSimpleName())).doesNotContain("ControlService");
    }
}
