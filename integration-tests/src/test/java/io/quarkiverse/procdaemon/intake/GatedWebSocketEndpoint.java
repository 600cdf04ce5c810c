package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.Work;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

/** A websocket that refuses messages while the gate is shut. */
@Singleton
class GatedWebSocketEndpoint implements WayIn {

    private static final String NAME = "websockets-next with a gate";

    @WebSocket(path = "/gated-feed")
    static class Feed {

        @Inject
        Gate gate;

        @Inject
        LongWork longWork;

        @OnTextMessage
        String take(String order) {
            try (Work work = gate.begin()) {
                longWork.ofSubsystem(NAME, gate.run());
                return order;
            } catch (UnavailableException refused) {
                return "later";
            }
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
        return server.returns("/gated-feed", "an order");
    }
}
