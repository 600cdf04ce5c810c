package io.quarkiverse.procdaemon.examples;

import static io.quarkiverse.procdaemon.SubsystemState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ReceiverRestartTest {

    @Inject
    Daemon daemon;

    @Inject
    Receiver receiver;

    @Inject
    OrderBook book;

    @Test
    void aBlankOrderRestartsTheReceiver() throws Exception {
        long generation = receiverInfo().generation();

        Orders.send(" ", receiver.port());
        await().until(() -> receiverInfo().state() == RUNNING && receiverInfo().generation() > generation);

        assertThat(receiverInfo().lastFailure().orElseThrow().message()).isEqualTo("A blank order");
        Orders.send("10 apples", receiver.port());
        await().until(() -> book.takeAll().equals(List.of("10 apples")));
    }

    private SubsystemInfo receiverInfo() {
        return daemon.subsystem("receiver").orElseThrow();
    }
}
