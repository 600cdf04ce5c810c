package io.quarkiverse.procdaemon.intake;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;

/** Stops the store alone, starts it again and ends the process; what it throws ends the process, too. */
@Subsystem(restart = RestartPolicy.NEVER)
class Driver {

    @Inject
    Daemon daemon;

    @Inject
    Ledger ledger;

    @Inject
    LongWork longWork;

    @Inject
    RestEndpoint endpoint;

    @Run
    void drive(ShutdownHandle shutdown) throws Exception {
        // HTTP opens last.
        while (!endpoint.admits()) {
            shutdown.await(Duration.ofMillis(10));
        }
        ledger.tryAll("run");
        daemon.stop("store").toCompletableFuture().get(20, SECONDS);
        ledger.tryAll("stopped");
        for (SubsystemInfo subsystem : daemon.subsystems()) {
            daemon.start(subsystem.name()).toCompletableFuture().get(20, SECONDS);
        }
        longWork.begin(ledger.ways);
        daemon.shutdown();
    }
}
