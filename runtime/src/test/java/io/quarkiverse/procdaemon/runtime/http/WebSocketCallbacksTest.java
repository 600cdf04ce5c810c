package io.quarkiverse.procdaemon.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkus.websockets.next.WebSocketConnection;

@Timeout(60)
class WebSocketCallbacksTest {

    private final WebSocketCallbacks callbacks = new WebSocketCallbacks();

    private void add(String id) {
        callbacks.connectionAdded("endpoint", (WebSocketConnection) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { WebSocketConnection.class }, (proxy, method, arguments) -> id));
    }

    @Test
    void theServerKnowsNothingOfThem() {
        assertThat(callbacks.isAwaitedByServer()).isFalse();
    }

    @Test
    void itIsQuietWhenEachThatWasOpenHasItsOnCloseBehindIt() throws Exception {
        assertThat(callbacks.awaitQuiet(Duration.ofSeconds(20))).isTrue();
        add("first");
        add("second");
        assertThat(callbacks.awaitQuiet(Duration.ZERO)).isFalse();
        FutureTask<Boolean> quiet = new FutureTask<>(() -> callbacks.awaitQuiet(Duration.ofSeconds(20)));
        Thread thread = new Thread(quiet);
        thread.start();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        add("later");
        callbacks.connectionRemoved("endpoint", "first");
        assertThat(quiet.isDone()).isFalse();
        callbacks.connectionRemoved("endpoint", "second");
        assertThat(quiet.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(callbacks.awaitQuiet(Duration.ZERO)).as("with a later one").isFalse();
    }
}
