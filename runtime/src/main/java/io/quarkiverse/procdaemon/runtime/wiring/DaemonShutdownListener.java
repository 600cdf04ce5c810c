package io.quarkiverse.procdaemon.runtime.wiring;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.shutdown.ShutdownListener;

/** Is notified of a shutdown while the HTTP server is still open. */
public class DaemonShutdownListener implements ShutdownListener {

    @Override
    public void preShutdown(ShutdownNotification notification) {
        lifecycle().end();
        notification.done();
    }

    // Blocks, since Quarkus does not wait for a later done() unless quarkus.shutdown.timeout is set.
    @Override
    public void shutdown(ShutdownNotification notification) {
        lifecycle().beforeHttpCloses();
        notification.done();
    }

    private static DaemonLifecycle lifecycle() {
        return Arc.container().instance(StartAndStop.class).get().lifecycle();
    }
}
