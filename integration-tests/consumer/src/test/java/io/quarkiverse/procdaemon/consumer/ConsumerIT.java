package io.quarkiverse.procdaemon.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

/** What it does when nothing is wrong but a message. */
class ConsumerIT extends ConsumerTest {

    @Test
    void readingsAreStoredAndAnythingElseIsSkipped() throws Exception {
        try (ConsumerProcess consumer = consumer().hurried().up()) {
            send(100);
            broker.send(List.of("meter-1 yesterday 17"));
            send(100);
            assertNoneLost();
            consumer.awaitLog("ERROR \\[.*Readings] Skipped 'meter-1 yesterday 17', which is not a reading: "
                    + "java.time.format.DateTimeParseException");
            consumer.terminate();
            assertThat(consumer.awaitExit()).isEqualTo(143);
        }
        assertThat(storedTwice()).isEmpty();
    }

    /** A record that the client of Kafka cannot read closes the channel, so the consumer would be deaf. */
    @Test
    void aChannelThatHasEndedEndsTheProcess() throws Exception {
        try (ConsumerProcess consumer = consumer().hurried().with("mp.messaging.incoming.readings.value.deserializer",
                "org.apache.kafka.common.serialization.IntegerDeserializer").up()) {
            send(1);
            assertThat(consumer.awaitExit()).isEqualTo(1);
            assertThat(consumer.log()).contains("channel 'readings' has ended because ",
                    "readings#1 STOPPING -> FAILED for good: a restart cannot repair that");
        }
        assertThat(table.count()).isZero();
    }
}
