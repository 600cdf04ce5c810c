package io.quarkiverse.procdaemon.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(BrokenBookTest.WithoutBilling.class)
class BrokenBookTest {

    public static class WithoutBilling implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.proc-daemon.subsystem.\"billing\".enabled", "false");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(BrokenBook.class);
        }
    }

    @Alternative
    @ApplicationScoped
    static class BrokenBook extends OrderBook {

        @Override
        void add(String order) {
            throw new UnavailableException("The book is closed");
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Receiver receiver;

    @Test
    void theReceiverIsRestarted() throws Exception {
        assertThat(daemon.subsystems()).extracting(SubsystemInfo::name).containsExactly("receiver");

        Orders.send("10 apples", receiver.port());
        await().until(() -> receiverInfo().restarts() == 1);

        assertThat(receiverInfo().lastFailure().orElseThrow().message()).isEqualTo("The book is closed");
    }

    private SubsystemInfo receiverInfo() {
        return daemon.subsystem("receiver").orElseThrow();
    }
}
