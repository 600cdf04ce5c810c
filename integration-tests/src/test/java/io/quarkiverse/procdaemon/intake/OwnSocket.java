package io.quarkiverse.procdaemon.intake;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;

/** Opens a socket when the application starts, and closes it when that ends. */
@Singleton
class OwnSocket implements WayIn {

    @Inject
    LongWork longWork;

    private LineSocket socket;

    @Startup
    void open() throws IOException {
        socket = new LineSocket(0);
        Thread thread = new Thread(() -> {
            try {
                socket.serve(() -> longWork.unawaited(name()));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }, "own-socket");
        thread.setDaemon(true);
        thread.start();
    }

    void close(@Observes ShutdownEvent event) {
        socket.close();
    }

    @Override
    public String name() {
        return "own socket of a @Startup bean";
    }

    @Override
    public boolean admits() throws Exception {
        return LineSocket.answers(socket.port());
    }
}
