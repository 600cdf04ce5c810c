package io.quarkiverse.procdaemon.deployment.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Failure;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** What the code of subsystems throws arrives as it was thrown, and what it forgets is said by name. */
class FailureTest {

    private static final String HERE = FailureTest.class.getName() + "$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Throwing.class, FailingUni.class, Unmade.class, NullUni.class,
                    NullStage.class));

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Throwing {
        @OnStart
        void open() throws IOException {
            throw new IOException("no disk");
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class FailingUni {
        @OnStart
        Uni<Void> open() {
            return Uni.createFrom().failure(new IOException("no network"));
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class Unmade {
        @PostConstruct
        void make() {
            throw new IllegalStateException("cannot be made");
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class NullUni {
        @OnStart
        Uni<Void> open() {
            return null;
        }
    }

    @Subsystem(critical = false, restart = RestartPolicy.NEVER)
    static class NullStage {
        @Run
        CompletionStage<Void> run() {
            return null;
        }
    }

    @Inject
    Daemon daemon;

    @Test
    void anExceptionArrivesUnwrapped() {
        assertFailure(failureOf("throwing", SubsystemEvent.Phase.START), IOException.class, "no disk");
        assertFailure(failureOf("failing-uni", SubsystemEvent.Phase.START), IOException.class, "no network");
    }

    @Test
    void aBeanThatCannotBeMadeIsAFailedStart() {
        assertThat(failureOf("unmade", SubsystemEvent.Phase.START)).extracting(Failure::stack).asString()
                .contains("cannot be made");
    }

    @Test
    void nullInsteadOfAStageIsAFailureThatNamesTheMethod() {
        assertFailure(failureOf("null-uni", SubsystemEvent.Phase.START), NullPointerException.class,
                HERE + "NullUni.open() returned null; let it return what completes when it is done");
        assertFailure(failureOf("null-stage", SubsystemEvent.Phase.RUN), NullPointerException.class,
                HERE + "NullStage.run() returned null; let it return what completes when it is done");
    }

    private static void assertFailure(Failure failure, Class<?> type, String message) {
        assertThat(failure.type()).isEqualTo(type.getName());
        assertThat(failure.message()).isEqualTo(message);
    }

    private Failure failureOf(String name, SubsystemEvent.Phase phase) {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> daemon.subsystem(name).orElseThrow().state() == SubsystemState.FAILED);
        Failure failure = daemon.subsystem(name).orElseThrow().lastFailure().orElseThrow();
        assertThat(failure.phase()).isEqualTo(phase);
        return failure;
    }
}
