package io.quarkiverse.procdaemon.collector.hooks;

import java.io.IOException;
import java.time.Duration;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Diagnostics;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Dumps and recordings for tests; responds with the path of the file, or with 409 and the reason. */
@Singleton
class DumpRoutes {

    @Inject
    HookConfig config;

    @Inject
    Diagnostics diagnostics;

    private interface Dump {
        Object take() throws IOException;
    }

    void offer(@Observes Router router) {
        if (config.enabled()) {
            router.post("/test-hooks/dump/threads").blockingHandler(request -> answer(request, diagnostics::threadDump), false);
            router.post("/test-hooks/dump/heap").blockingHandler(request -> answer(request, diagnostics::heapDump), false);
            router.post("/test-hooks/recordings").blockingHandler(request -> answer(request, () -> begin(request)), false);
        }
    }

    /** With {@code wait=false} the response comes when the recording has begun. */
    private Object begin(RoutingContext request) throws IOException {
        var recording = diagnostics.record(Duration.parse(request.request().getParam("duration")),
                request.request().getParam("settings"));
        return "false".equals(request.request().getParam("wait")) ? "begun" : recording.toCompletableFuture().join();
    }

    private static void answer(RoutingContext request, Dump dump) {
        try {
            request.end(dump.take().toString());
        } catch (IOException | RuntimeException refusal) {
            request.response().setStatusCode(409).end(refusal.getMessage());
        }
    }
}
