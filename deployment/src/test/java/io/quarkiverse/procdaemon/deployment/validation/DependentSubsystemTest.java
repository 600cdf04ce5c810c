package io.quarkiverse.procdaemon.deployment.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;

/** A caller of a @Dependent subsystem would call another instance than the one that runs. */
class DependentSubsystemTest {

    private static final String HERE = DependentSubsystemTest.class.getName() + "$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Gateway.class, Base.class, Part.class, Lookups.class, Service.class))
            .assertException(thrown -> assertThat(thrown).asInstanceOf(type(InvalidConfigurationException.class))
                    .satisfies(DependentSubsystemTest::check));

    private static void check(InvalidConfigurationException failure) {
        String injected = ": the @Dependent subsystem " + HERE + "Gateway cannot be injected, since that would be another "
                + "instance than the one that runs; make the subsystem @ApplicationScoped, or inject a bean that both use";
        String rest = " in the @Dependent subsystem " + HERE
                + "Gateway, since it would call another instance than the one that "
                + "runs; move it to a bean that both use, or make the subsystem @ApplicationScoped";
        assertThat(failure.problems()).containsExactlyInAnyOrder(
                HERE + "Lookups.gateway" + injected,
                HERE + "Lookups.services" + injected,
                HERE + "Lookups.provider" + injected,
                HERE + "Lookups.all" + injected,
                "parameter 'gateway' of " + HERE + "Lookups constructor" + injected,
                "parameter 'gateway' of " + HERE + "Lookups.observe()" + injected,
                HERE + "Gateway.tick(): there cannot be @Scheduled" + rest,
                HERE + "Gateway.observe(StartupEvent): there cannot be @Observes" + rest,
                HERE + "Base.inherited(StartupEvent): there cannot be @Observes" + rest,
                HERE + "Gateway.poll(): the interval \"0s\" is not greater than zero; raise it, or write 'off' for no calls");
    }

    @Test
    void doesNotGetHere() {
        fail("the build should have failed");
    }

    interface Service {
    }

    static class Base {

        void inherited(@Observes StartupEvent event) {
        }
    }

    @Dependent
    @Subsystem
    static class Gateway extends Base implements Service {

        @Inject
        Part part;

        @OnStart
        void start() {
        }

        @Run(every = "0s")
        void poll() {
        }

        @Scheduled(every = "1h")
        void tick() {
        }

        void observe(@Observes StartupEvent event) {
        }
    }

    /** An ordinary part of it. */
    @Dependent
    static class Part {
    }

    @Singleton
    static class Lookups {

        @Inject
        Gateway gateway;

        @Inject
        @Any
        Instance<Service> services;

        @Inject
        Provider<Gateway> provider;

        @All
        @Inject
        List<Service> all;

        @Inject
        @Any
        Instance<Object> anything;

        @Inject
        Lookups(Gateway gateway) {
        }

        void observe(@Observes StartupEvent event, Gateway gateway) {
        }
    }
}
