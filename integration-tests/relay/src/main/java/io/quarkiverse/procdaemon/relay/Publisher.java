package io.quarkiverse.procdaemon.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.UnavailableException;

/** The connection to the sink. A new address in the configuration restarts it, and the poller with it. */
@Subsystem(restartOn = "relay.sink")
class Publisher {

    @Inject
    LiveConfig<RelayConfig> config;

    private SubsystemContext context;
    private Socket socket;
    private BufferedReader answers;

    @OnStart
    void connect(SubsystemContext context) throws IOException {
        this.context = context;
        InetSocketAddress sink = config.get().sink();
        int timeout = (int) config.get().sinkTimeout().toMillis();
        socket = new Socket();
        socket.connect(new InetSocketAddress(sink.getHostString(), sink.getPort()), timeout);
        socket.setSoTimeout(timeout);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    /** Sends a message and waits until the sink has acknowledged it. Where that fails it is this subsystem that fails. */
    boolean publish(long id, String payload) {
        try {
            String line = id + " " + payload.replace("\n", "\\n") + "\n";
            socket.getOutputStream().write(line.getBytes(UTF_8));
            String answer = answers.readLine();
            if (answer == null) {
                throw new UnavailableException("The sink closed the connection");
            }
            if (!answer.startsWith("OK")) {
                throw new IllegalStateException("The sink answered to message " + id + ": " + answer);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            context.fail(e);
            return false;
        }
    }

    @OnStop
    void disconnect() throws IOException {
        socket.close();
    }
}
