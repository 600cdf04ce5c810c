package io.quarkiverse.procdaemon.extension;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.SubsystemContext;

/** A bean that the extension contributes; neither it nor its methods are visible to others. */
class Poller {

    @Inject
    Trace trace;

    @OnStart
    void open(SubsystemContext context) {
        trace.start(context);
    }

    @Run(every = "1h")
    void poll() {
        // Only that it can be called.
    }

    @OnStop
    void close(SubsystemContext context) {
        trace.stop(context);
    }
}
