package io.quarkiverse.procdaemon.devmode;

import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.scheduler.Scheduled;

/** A body that runs until the end, and a schedule. */
@Subsystem(dependsOn = Poller.class)
public class Waiter {

    @Run
    void listen(ShutdownHandle shutdown) throws InterruptedException {
        shutdown.await();
    }

    @Scheduled(every = "1s")
    void tick() {
        // Nothing to do.
    }
}
