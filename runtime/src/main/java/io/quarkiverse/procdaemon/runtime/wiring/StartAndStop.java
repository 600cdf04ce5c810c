package io.quarkiverse.procdaemon.runtime.wiring;

import static jakarta.interceptor.Interceptor.Priority.PLATFORM_AFTER;
import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Starts the subsystems after the application's own start-up observers and before the HTTP server opens, and stops them after
 * it has closed and before the application's own shutdown observers.
 */
@Singleton
public class StartAndStop {

    private final DaemonLifecycle lifecycle;

    StartAndStop(DaemonLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    void onStart(@Observes @Priority(PLATFORM_AFTER) StartupEvent event) {
        lifecycle.start();
    }

    void onStop(@Observes @Priority(PLATFORM_BEFORE) ShutdownEvent event) {
        lifecycle.stop();
    }
}
