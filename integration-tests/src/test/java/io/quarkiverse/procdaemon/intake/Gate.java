package io.quarkiverse.procdaemon.intake;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.UnavailableException;
import io.quarkiverse.procdaemon.Work;

/** Lets code that is no subsystem use the store while that is RUNNING. */
@Subsystem(dependsOn = Store.class)
class Gate {

    @Inject
    LongWork longWork;

    private volatile SubsystemContext run;

    @OnStart
    void open(SubsystemContext context) {
        run = context;
    }

    @OnStop
    void close(SubsystemContext context) {
        longWork.close(context.name());
    }

    /** Work that the store's stop waits for; throws if the store is not RUNNING. */
    Work begin() {
        SubsystemContext current = run;
        if (current == null || current.isShutdown()) {
            throw new UnavailableException("the store is not open");
        }
        return current.begin();
    }

    SubsystemContext run() {
        return run;
    }
}
