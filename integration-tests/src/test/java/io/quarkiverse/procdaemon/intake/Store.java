package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;

/** What the work needs. While it starts and while it stops, it looks what lets work in. */
@Subsystem(restart = RestartPolicy.NEVER)
class Store {

    @Inject
    Daemon daemon;

    @Inject
    Ledger ledger;

    @Inject
    LongWork longWork;

    @OnStart
    void open(SubsystemContext context) throws Exception {
        ledger.tryAll(context.generation() == 1 ? "start" : "restart");
    }

    @OnStop
    void close() throws Exception {
        if (daemon.state() == DaemonState.STOPPING) {
            longWork.close("store");
            ledger.tryAll("shutdown");
            ledger.print();
        } else {
            ledger.tryAll("stop");
        }
    }
}
