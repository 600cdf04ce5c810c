package io.quarkiverse.procdaemon.deployment.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.reactive.messaging.annotations.Blocking;

/** What no gate can hold is a problem of the build. */
class MessagingValidationTest {

    private static final String HERE = MessagingValidationTest.class.getName() + "$";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().setForcedDependencies(Extensions.messaging())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Gateway.class, Other.class))
            .assertException(thrown -> assertThat(thrown).asInstanceOf(type(InvalidConfigurationException.class))
                    .satisfies(MessagingValidationTest::check));

    private static void check(InvalidConfigurationException failure) {
        String kept = ": no message can be kept from it while subsystem 'gateway' is not RUNNING, because ";
        String elsewhere = ", or move the method to a bean that is no subsystem";
        String losing = "' while the subsystem that consumes it is not RUNNING; use BUFFER, THROW_EXCEPTION or UNBOUNDED_BUFFER, "
                + "or move the consumer to a bean that is no subsystem";
        assertThat(failure.problems()).containsExactlyInAnyOrder(
                HERE + "Gateway.process" + kept
                        + "it is annotated @Outgoing, too, so SmallRye lets its messages pass by no gate; "
                        + "inject an Emitter for what it sends" + elsewhere,
                HERE + "Gateway.subscribe" + kept + "it returns a Subscriber, which takes messages at its own pace; take one "
                        + "message as the parameter" + elsewhere,
                HERE + "Gateway.early" + kept + "its messages are taken, and acknowledged, before it is ready for them; remove "
                        + "@Acknowledgment(PRE_PROCESSING)" + elsewhere,
                HERE + "Gateway.several" + kept + "it takes several messages at a time and acknowledges them itself; take the "
                        + "payload instead of the message, or one at a time" + elsewhere,
                HERE + "Other.drops: @OnOverflow(DROP) loses messages of channel 'prices" + losing,
                HERE + "Other.ends: @OnOverflow(FAIL) ends channel 'rates" + losing,
                HERE + "Other.same: consumes the same channels as " + HERE + "Gateway.rates, which does not belong to the same "
                        + "subsystem, and messages cannot be kept from one of them alone; let one of them send the messages on to "
                        + "a channel of the other's own");
    }

    @Test
    void doesNotGetHere() {
        fail("the build did not fail");
    }

    @Subsystem
    static class Gateway {

        @Incoming("a")
        @Outgoing("b")
        String process(String message) {
            return message;
        }

        @Incoming("b")
        Flow.Subscriber<String> subscribe() {
            return null;
        }

        @Incoming("c")
        @Acknowledgment(Acknowledgment.Strategy.PRE_PROCESSING)
        void early(String message) {
        }

        @Incoming("d")
        @Blocking(ordered = false)
        CompletionStage<Void> several(Message<String> message) {
            return message.ack();
        }

        @Incoming("prices")
        void prices(String price) {
        }

        @Incoming("rates")
        void rates(String rate) {
        }
    }

    @Singleton
    static class Other {

        @Inject
        @Channel("prices")
        @OnOverflow(OnOverflow.Strategy.DROP)
        Emitter<String> drops;

        @Inject
        @Channel("rates")
        @OnOverflow(OnOverflow.Strategy.FAIL)
        Emitter<String> ends;

        @Inject
        @Channel("c")
        @OnOverflow(OnOverflow.Strategy.BUFFER)
        Emitter<String> buffers;

        @Inject
        @Channel("d")
        Multi<String> stream;

        @Incoming("rates")
        void same(String rate) {
        }

        @Incoming("own")
        @Outgoing("a")
        String notOurs(String message) {
            return message;
        }
    }
}
