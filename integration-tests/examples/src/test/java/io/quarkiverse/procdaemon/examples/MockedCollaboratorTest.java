package io.quarkiverse.procdaemon.examples;

import static io.quarkiverse.procdaemon.SubsystemState.RUNNING;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkus.test.InjectMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.mockito.MockitoConfig;

@QuarkusTest
class MockedCollaboratorTest {

    @InjectMock
    OrderBook book;

    @InjectMock
    @MockitoConfig(convertScopes = true)
    Printer printer;

    @Inject
    Billing billing;

    @Inject
    Receiver receiver;

    @Inject
    Daemon daemon;

    @Test
    void billsWhatIsInTheBook() {
        when(book.takeAll()).thenReturn(List.of("10 apples"));

        billing.bill();

        verify(printer).print("Invoice: 10 apples");
    }

    @Test
    void anOutageOfTheBookIsOvercome() throws Exception {
        doThrow(new UnavailableException("no paper")).doNothing().when(book).add("10 apples");
        long generation = receiverInfo().generation();

        Orders.send("10 apples", receiver.port());
        await().until(() -> receiverInfo().state() == RUNNING && receiverInfo().generation() > generation);

        Orders.send("10 pears", receiver.port());
        verify(book, timeout(10_000)).add("10 pears");
    }

    private SubsystemInfo receiverInfo() {
        return daemon.subsystem("receiver").orElseThrow();
    }
}
