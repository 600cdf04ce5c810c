package io.quarkiverse.procdaemon.deployment.http;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Routes of all kinds. What a test is to end itself, it gets by its path. */
@Singleton
public class Routes {

    private final Map<String, CompletableFuture<RoutingContext>> held = new ConcurrentHashMap<>();
    private final AtomicInteger closed = new AtomicInteger();
    private final CompletableFuture<ServerWebSocket> webSocket = new CompletableFuture<>();

    void routes(@Observes Router router) {
        router.route("/plain").handler(context -> context.end("plain"));
        router.route("/throwing").handler(context -> {
            throw new IllegalStateException("thrown by a route");
        });
        router.route("/file").handler(context -> context.response().sendFile(context.request().getParam("name")));
        router.route("/held/*").handler(this::hold);
        router.route("/q/held").handler(this::hold);
        router.route("/blocking").blockingHandler(context -> context.end("blocking"));
        router.route("/own-end-handler").handler(context -> {
            context.response().endHandler(ended -> {
            });
            context.end("own end handler");
        });
        router.route("/rerouted").handler(context -> context.reroute("/own-end-handler"));
        router.route("/websocket").handler(context -> context.request().toWebSocket()
                .onSuccess(webSocket::complete).onFailure(webSocket::completeExceptionally));
        router.route("/websockets").handler(context -> context.request().toWebSocket()
                .onSuccess(socket -> socket.closeHandler(end -> closed.incrementAndGet())));
        router.route("/early").order(Integer.MIN_VALUE)
                .handler(context -> context.end("early").onComplete(done -> context.next()));
        router.route("/filtered").order(-100_000).handler(this::hold);
        router.route("/closed").order(Integer.MIN_VALUE).handler(context -> {
            context.response().closeHandler(closed -> context.next());
            promise("before /closed").complete(context);
        });
        router.route("/closed").handler(this::hold);
    }

    private void hold(RoutingContext context) {
        promise(context.normalizedPath()).complete(context);
    }

    /** Waits until a request for the path is held. */
    RoutingContext held(String path) throws Exception {
        return promise(path).get(10, TimeUnit.SECONDS);
    }

    ServerWebSocket webSocket() throws Exception {
        return webSocket.get(10, TimeUnit.SECONDS);
    }

    /** How many of the websockets have been closed. */
    int closed() {
        return closed.get();
    }

    private CompletableFuture<RoutingContext> promise(String path) {
        return held.computeIfAbsent(path, any -> new CompletableFuture<>());
    }
}
