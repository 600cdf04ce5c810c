package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.enterprise.inject.UnsatisfiedResolutionException;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.runtime.engine.Engine;
import io.quarkiverse.procdaemon.runtime.wiring.DaemonLifecycle;
import io.quarkus.test.QuarkusUnitTest;

/** The engine and its life cycle are not beans: applications inject {@code Daemon}. */
class InternalBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(jar -> jar.addClasses(WithEngine.class, WithLifecycle.class))
            .assertException(failure -> assertThat(failure).isInstanceOf(DeploymentException.class)
                    .satisfies(problems -> assertThat(problems.getSuppressed()).hasSize(2)
                            .allMatch(UnsatisfiedResolutionException.class::isInstance)
                            .extracting(Throwable::getMessage)
                            .anyMatch(
                                    message -> message.startsWith("Unsatisfied dependency for type " + Engine.class.getName()))
                            .anyMatch(message -> message
                                    .startsWith("Unsatisfied dependency for type " + DaemonLifecycle.class.getName()))));

    @Singleton
    static class WithEngine {

        @Inject
        Engine engine;
    }

    @Singleton
    static class WithLifecycle {

        @Inject
        DaemonLifecycle lifecycle;
    }

    @Test
    void theBuildFails() {
        fail("the application was built");
    }
}
