package io.quarkiverse.procdaemon.examples;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

import java.net.SocketException;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import io.quarkiverse.procdaemon.ShutdownHandle;

class ReceiverTest {

    @Test
    void receivesUntilItIsStopped() throws Exception {
        Receiver receiver = new Receiver();
        receiver.book = mock(OrderBook.class);
        receiver.open();
        ShutdownHandle shutdown = mock(ShutdownHandle.class);
        FutureTask<Void> body = new FutureTask<>(() -> {
            receiver.serve(shutdown);
            return null;
        });
        new Thread(body).start();

        Orders.send("10 apples", receiver.port());
        verify(receiver.book, timeout(10_000)).add("10 apples");

        ArgumentCaptor<Runnable> action = ArgumentCaptor.forClass(Runnable.class);
        verify(shutdown).onShutdown(action.capture());
        // What the daemon does when the receiver is to stop.
        action.getValue().run();
        assertThatThrownBy(() -> body.get(10, SECONDS)).hasCauseInstanceOf(SocketException.class);
    }
}
