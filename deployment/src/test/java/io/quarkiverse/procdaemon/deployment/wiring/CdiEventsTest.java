package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.test.QuarkusUnitTest;

class CdiEventsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Sound.class, Broken.class, Observer.class));

    @Subsystem
    static class Sound {
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Broken {
        @Run
        void run() {
            throw new IllegalStateException("broken");
        }
    }

    @Singleton
    static class Observer {
        final List<SubsystemEvent> all = new CopyOnWriteArrayList<>();
        final List<SubsystemEvent.Failed> failed = new CopyOnWriteArrayList<>();

        void any(@Observes SubsystemEvent event) {
            all.add(event);
        }

        void failed(@Observes SubsystemEvent.Failed event) {
            failed.add(event);
        }
    }

    @Inject
    Observer observer;

    @Inject
    Daemon daemon;

    @Test
    void everyEventReachesItsObserversInOrder() throws Exception {
        daemon.stop("sound").toCompletableFuture().get(10, TimeUnit.SECONDS);
        await().atMost(10, TimeUnit.SECONDS).until(() -> observer.all.stream().anyMatch(
                event -> event instanceof SubsystemEvent.Stopped && event.subsystem().equals("sound"))
                && !observer.failed.isEmpty());

        assertThat(observer.failed).singleElement().satisfies(event -> {
            assertThat(event.subsystem()).isEqualTo("broken");
            assertThat(event.failure().message()).isEqualTo("broken");
        });
        assertThat(observer.all).filteredOn(event -> event.subsystem().equals("sound")).extracting(Object::getClass)
                .asString().containsSubsequence("Starting", "Started", "Stopping", "Stopped");
        assertThat(observer.all).extracting(SubsystemEvent::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, observer.all.size()).boxed().toList());
    }
}
