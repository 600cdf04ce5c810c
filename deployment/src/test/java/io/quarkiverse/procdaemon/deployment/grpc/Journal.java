package io.quarkiverse.procdaemon.deployment.grpc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;

/** A subsystem that calls its own server while it starts, unless that is closed, and fails when it is to. */
@Subsystem(restart = RestartPolicy.NEVER)
public class Journal {

    static final List<String> AT_START = new CopyOnWriteArrayList<>();
    static final AtomicBoolean BROKEN = new AtomicBoolean();

    /** Of the server; 0 while it is closed. */
    static int port(boolean separate) {
        return ConfigProvider.getConfig()
                .getValue(separate ? "quarkus.grpc.server.test-port" : "quarkus.http.test-port", Integer.class);
    }

    static boolean isSeparate() {
        return ConfigProvider.getConfig().getOptionalValue("quarkus.grpc.server.use-separate-server", Boolean.class)
                .orElse(true);
    }

    @OnStart
    void open() {
        AT_START.clear();
        int port = port(isSeparate());
        if (port > 0) {
            try (Rpc rpc = new Rpc(port)) {
                AT_START.add(rpc.say("hello"));
                AT_START.add(rpc.health(""));
                AT_START.add(rpc.health("acme.Echo"));
                AT_START.add(rpc.services());
            }
        }
    }

    @Run
    void run(ShutdownHandle shutdown) throws InterruptedException {
        while (!shutdown.await(java.time.Duration.ofMillis(1))) {
            if (BROKEN.compareAndSet(true, false)) {
                throw new IllegalStateException("broken");
            }
        }
    }
}
