package io.quarkiverse.procdaemon.bench.app.subsystems;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkus.runtime.StartupEvent;

/** As many subsystems as configured that have nothing to do: their bodies end as soon as they are told to. */
@Singleton
class QuickSubsystems {

    void register(@Observes StartupEvent event, Daemon daemon,
            @ConfigProperty(name = "bench.subsystems", defaultValue = "100") int howMany,
            @ConfigProperty(name = "bench.hooks", defaultValue = "false") boolean hooks) {
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
