package org.acme;

import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** In a user's package: Quarkus does not check execution models in its own ones, which include this extension's. */
@Subsystem
public class ThreadOfItsOwn {

    @Run
    @RunOnVirtualThread
    void run() {
    }
}
