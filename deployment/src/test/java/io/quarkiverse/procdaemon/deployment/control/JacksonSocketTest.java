package io.quarkiverse.procdaemon.deployment.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;

/** An application with Jackson has it write the JSON of the control socket. */
class JacksonSocketTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.jackson())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Journal.class))
            .overrideConfigKey("quarkus.proc-daemon.control.enabled", "true");

    @Subsystem
    static class Journal {
    }

    @Test
    void writesTheJson() throws Exception {
        Class<?> writer = Class.forName("io.quarkiverse.procdaemon.runtime.json.JsonText");
        assertThat(Arc.container().beanManager().getBeans(writer, Any.Literal.INSTANCE)).extracting(Bean::getBeanClass)
                .extracting(Class::getSimpleName).containsExactly("JacksonJson");
    }
}
