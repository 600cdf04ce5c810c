package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemListener;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.test.QuarkusUnitTest;

/** An adapter needs to be a bean, nothing more, to hear of everything from the first event on. */
@Tag("any-jdk")
class ListenerBeansTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Journal.class, Adapter.class, Replacement.class));

    @Subsystem
    static class Journal {
    }

    @Singleton
    static class Adapter implements SubsystemListener {

        static final List<String> HEARD = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(SubsystemEvent event) {
            HEARD.add(event.sequence() + " " + event.getClass().getSimpleName());
        }
    }

    /** It hides all other beans of its types from those that inject them. */
    @Alternative
    @Priority(1)
    @Singleton
    static class Replacement implements SubsystemListener {

        static final List<String> HEARD = new CopyOnWriteArrayList<>();

        @Override
        public void onEvent(SubsystemEvent event) {
            HEARD.add(event.getClass().getSimpleName());
        }
    }

    @Test
    void anAlternativeHidesNoOther() {
        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Replacement.HEARD).containsExactly("Waiting", "Starting", "Started"));
        aBeanThatNobodyInjectsHearsEveryEvent();
    }

    @Test
    void aBeanThatNobodyInjectsHearsEveryEvent() {
        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(Adapter.HEARD).containsExactly("1 Waiting", "2 Starting", "3 Started"));
    }
}
