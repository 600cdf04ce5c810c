package io.quarkiverse.procdaemon.runtime.status;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.Recorder;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Creates the handler of the route. */
@Recorder
public class StatusRecorder {

    /** The page, looked up with each request: in dev mode and tests there is a new one after each restart. */
    public Handler<RoutingContext> page() {
        return request -> Arc.container().instance(StatusPage.class).get().handle(request);
    }
}
