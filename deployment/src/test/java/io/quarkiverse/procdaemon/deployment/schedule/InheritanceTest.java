package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.QuarkusUnitTest;

/** {@code @Scheduled} is not inherited, as everywhere in Quarkus: a superclass that has it is a bean of its own. */
@Tag("any-jdk")
class InheritanceTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.scheduler())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Executions.class, Calls.class, Base.class,
                    Overriding.class, Inheriting.class));

    @Singleton
    static class Calls {
        final Queue<Class<?>> on = new ConcurrentLinkedQueue<>();
    }

    static class Base {

        @Inject
        Calls calls;

        @Scheduled(every = "1s", identity = "base")
        void tick() {
            calls.on.add(getClass());
        }
    }

    @Subsystem
    static class Overriding extends Base {
        @Override
        @Scheduled(every = "1s", identity = "overriding")
        void tick() {
            super.tick();
        }
    }

    @Subsystem
    static class Inheriting extends Base {
    }

    @Inject
    Daemon daemon;

    @Inject
    Calls calls;

    @Inject
    Executions watch;

    @Test
    void onlyTheMethodsOfTheClassItselfAreTheSubsystems() throws Exception {
        watch.awaitSuccess("overriding");
        watch.awaitSuccess("base");
        assertThat(calls.on).contains(Overriding.class, Base.class).doesNotContain(Inheriting.class);

        daemon.stop("overriding").toCompletableFuture().get(10, TimeUnit.SECONDS);
        calls.on.clear();
        watch.awaitSkips("overriding");
        watch.awaitSuccess("base");
        assertThat(calls.on).containsOnly(Base.class);
    }
}
