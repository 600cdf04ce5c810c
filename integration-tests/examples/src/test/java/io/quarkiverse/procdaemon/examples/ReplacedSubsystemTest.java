package io.quarkiverse.procdaemon.examples;

import static io.quarkiverse.procdaemon.SubsystemState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(ReplacedSubsystemTest.NoPort.class)
class ReplacedSubsystemTest {

    public static class NoPort implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(NoReceiver.class);
        }
    }

    @Alternative
    @Subsystem("receiver")
    static class NoReceiver extends Receiver {

        @Override
        @OnStart
        void open() {
        }

        @Override
        @Run
        void serve(ShutdownHandle shutdown) throws InterruptedException {
            shutdown.await();
        }

        @Override
        @OnStop
        void close() {
        }
    }

    @Inject
    Receiver receiver;

    @Inject
    Daemon daemon;

    @Test
    void anotherReceiverRuns() {
        assertThat(receiver).isInstanceOf(NoReceiver.class);
        assertThat(daemon.subsystem("receiver").orElseThrow().state()).isEqualTo(RUNNING);
    }
}
