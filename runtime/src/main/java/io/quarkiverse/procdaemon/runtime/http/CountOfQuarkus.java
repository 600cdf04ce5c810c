package io.quarkiverse.procdaemon.runtime.http;

import java.lang.reflect.Method;

import org.jboss.logging.Logger;

import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.core.http.HttpServerRequest;

/**
 * The requests that Quarkus waits for within {@code quarkus.shutdown.timeout}. It counts one that became a websocket for ever,
 * since Vert.x reports no end of its response, and offers no other way to correct that.
 */
final class CountOfQuarkus {

    private static final Logger LOG = Logger.getLogger(CountOfQuarkus.class);

    private CountOfQuarkus() {
    }

    /** Lets Quarkus take a request for done; does nothing if it does so already. */
    static void release(HttpServerRequest request) {
        try {
            Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            done.invoke(QuarkusRequestWrapper.get(request));
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            LOG.debug("Quarkus waits for a closed websocket until quarkus.shutdown.timeout is over", unknown);
        }
    }
}
