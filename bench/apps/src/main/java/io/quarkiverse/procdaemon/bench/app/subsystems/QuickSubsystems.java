package io.quarkiverse.procdaemon.bench.app.subsystems;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkus.runtime.StartupEvent;

/** As many subsystems as the environment says that have nothing to do: their bodies end as soon as they are asked to. */
@Singleton
class QuickSubsystems {

    void register(@Observes StartupEvent event, Daemon daemon) {
        // Injected, they would cost some fifty classes that the application without the extension does not have.
        int howMany = Integer.parseInt(System.getenv().getOrDefault("BENCH_SUBSYSTEMS", "100"));
        boolean hooks = Boolean.parseBoolean(System.getenv("BENCH_HOOKS"));
        for (int i = 1; i <= howMany; i++) {
            SubsystemBuilder quick = daemon.newSubsystem("quick-" + i).run(ShutdownHandle::await);
            if (hooks) {
                quick.onStart(QuickSubsystems::nothing).onStop(QuickSubsystems::nothing);
            }
            quick.register();
        }
    }

    private static void nothing() {
        // The thread it takes is what is to be measured.
    }
}
