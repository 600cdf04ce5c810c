package io.quarkiverse.procdaemon.dev;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;

/** Fails for good, until it is mended. */
@Subsystem(value = "flaky", critical = false, restart = RestartPolicy.NEVER)
public class Flaky {

    private static final boolean MENDED = false;

    @Run
    void run(ShutdownHandle shutdown) throws InterruptedException {
        if (!MENDED) {
            throw new IllegalStateException("no luck");
        }
        shutdown.await();
    }
}
