package io.quarkiverse.procdaemon.deployment.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;

/** The methods of a subsystem that another one replaces, such as a {@code @Mock}, get no message: it never starts. */
class ReplacedConsumerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().setForcedDependencies(Extensions.messaging())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Topics.class, Topics.Connector.class,
                    Topics.Topic.class, Ledger.class, Substitute.class))
            .overrideConfigKey("mp.messaging.incoming.orders.connector", "topics")
            .overrideConfigKey("mp.messaging.incoming.others.connector", "topics");

    static final List<String> PROCESSED = new CopyOnWriteArrayList<>();

    @Subsystem("ledger")
    static class Ledger {
        @Incoming("orders")
        void order(String order) {
            PROCESSED.add(order);
        }
    }

    @Subsystem("ledger")
    @Alternative
    @Priority(1)
    static class Substitute {
        @Incoming("others")
        void other(String order) {
            PROCESSED.add(order);
        }
    }

    @Inject
    Topics topics;

    @Test
    void onlyTheSubstituteGetsMessages() {
        topics.of("orders").send("for the original");
        assertThat(topics.of("others").send("for the substitute")).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(PROCESSED).containsExactly("for the substitute");
        assertThat(topics.of("orders").requested).hasValue(0);
    }
}
