package io.quarkiverse.procdaemon.collector.hooks;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkus.runtime.Quarkus;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Ways for tests to end the process other than signals, each of which responds first, and to drain it. */
@Singleton
class EndRoutes {

    @Inject
    HookConfig config;

    @Inject
    Daemon daemon;

    /** Requests that are answered when a test wants it. */
    private final Queue<RoutingContext> held = new ConcurrentLinkedQueue<>();

    void offer(@Observes Router router) {
        if (config.enabled()) {
            router.post("/test-hooks/shutdown/:code").handler(request -> end(request, daemon::shutdown));
            router.post("/test-hooks/async-exit/:code").handler(request -> end(request, Quarkus::asyncExit));
            router.post("/test-hooks/drain").handler(request -> {
                daemon.drain();
                request.end();
            });
            router.post("/test-hooks/resume").handler(request -> {
                daemon.resume();
                request.end();
            });
            router.get("/test-hooks/held").handler(held::add);
            router.delete("/test-hooks/held").handler(request -> {
                for (RoutingContext one; (one = held.poll()) != null;) {
                    one.end("released");
                }
                request.end();
            });
        }
    }

    private static void end(RoutingContext request, IntConsumer way) {
        int code = Integer.parseInt(request.pathParam("code"));
        request.end().onComplete(answered -> way.accept(code));
    }
}
