package io.quarkiverse.procdaemon.intake;

import java.io.IOException;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.process.FreePort;

/** Listens while the store is RUNNING. */
@Subsystem(dependsOn = Store.class)
class SocketSubsystem implements WayIn {

    private final int port = FreePort.any();
    private LineSocket socket;

    @Inject
    LongWork longWork;

    @OnStart
    void open(SubsystemContext context) throws IOException {
        socket = new LineSocket(port);
        context.onShutdown(socket::close);
    }

    @Run
    void serve(SubsystemContext context) throws IOException {
        socket.serve(() -> longWork.ofSubsystem(name(), context));
    }

    @OnStop
    void close(SubsystemContext context) {
        longWork.close(context.name());
    }

    @Override
    public String name() {
        return "own socket in a subsystem";
    }

    @Override
    public boolean admits() throws Exception {
        return LineSocket.answers(port);
    }
}
