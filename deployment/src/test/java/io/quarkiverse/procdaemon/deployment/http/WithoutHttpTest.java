package io.quarkiverse.procdaemon.deployment.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.InFlightWork;
import io.quarkus.arc.Arc;
import io.quarkus.test.QuarkusUnitTest;

/** Without the HTTP extension there is no traffic. */
@Tag("any-jdk")
class WithoutHttpTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class));

    @Subsystem
    static class Journal {
    }

    @Test
    void nothingIsCounted() {
        assertThat(Arc.container().listAll(InFlightWork.class)).isEmpty();
    }
}
