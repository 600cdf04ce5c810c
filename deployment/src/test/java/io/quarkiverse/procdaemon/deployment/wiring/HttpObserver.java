package io.quarkiverse.procdaemon.deployment.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;

/** Looks whether the HTTP server is open when it starts and when it stops. */
@Subsystem
class HttpObserver {

    private static final Logger LOG = Logger.getLogger(HttpObserver.class);

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    @OnStart
    void open() {
        LOG.infof("starts with HTTP %s", http());
    }

    @OnStop
    void close() {
        LOG.infof("stops with HTTP %s", http());
    }

    private String http() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), 1000);
            return "open";
        } catch (IOException refused) {
            return "closed";
        }
    }
}
