package io.quarkiverse.procdaemon.deployment.wiring;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;

/** Looks whether the HTTP server answers when it starts and when it stops. */
@Subsystem
class HttpObserver {

    private static final Logger LOG = Logger.getLogger(HttpObserver.class);

    private static final int TIMEOUT_MILLIS = 5000;

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

    /** Connecting is not enough: the JDK closes the port of a closed server only when its selector looks the next time. */
    private String http() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("localhost", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() < 0 ? "closed" : "open";
        } catch (IOException refused) {
            return "closed";
        }
    }
}
