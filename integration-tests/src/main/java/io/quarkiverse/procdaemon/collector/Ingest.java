package io.quarkiverse.procdaemon.collector;

import java.io.IOException;

import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.collector.hooks.FaultPoint;

/** Receives lines over TCP and journals them. Sends a heartbeat at least every second, unless the disk hangs. */
@Subsystem(value = "ingest", dependsOn = Journal.class)
class Ingest {

    private static final Logger LOG = Logger.getLogger(Ingest.class);

    @Inject
    CollectorConfig config;

    @Inject
    LiveConfig<LimitsConfig> limits;

    @Inject
    Journal journal;

    private volatile LineServer server;

    @OnStart
    @FaultPoint
    void bind() throws IOException {
        server = LineServer.bind(config, limits::get, journal);
        LOG.infof("Listening on %s:%d", config.host(), port());
    }

    @Run
    @FaultPoint
    void serve(SubsystemContext context) throws IOException {
        context.onShutdown(server::stop);
        server.serve(context::heartbeat);
    }

    @OnStop
    @FaultPoint
    void unbind() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @OnReload
    @FaultPoint
    void checkLimits(ConfigChange change) {
        LineServer.check(change.next(LimitsConfig.class));
    }

    @Healthy
    @FaultPoint
    boolean accepting() {
        return server.isAccepting();
    }

    /** The port listened on, also when the system picked it. */
    int port() throws IOException {
        return server.address().getPort();
    }
}
