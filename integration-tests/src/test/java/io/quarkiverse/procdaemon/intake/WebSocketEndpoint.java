package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

/** A websocket that does not look at the store. */
@Singleton
class WebSocketEndpoint implements WayIn {

    private static final String NAME = "websockets-next";

    @WebSocket(path = "/feed")
    static class Feed {

        @Inject
        LongWork longWork;

        @OnTextMessage
        String take(String order) {
            longWork.unawaited(NAME);
            return order;
        }
    }

    @Inject
    Server server;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean admits() throws Exception {
        return server.returns("/feed", "an order");
    }
}
