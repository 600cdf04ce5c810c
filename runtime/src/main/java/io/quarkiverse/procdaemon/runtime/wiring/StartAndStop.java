package io.quarkiverse.procdaemon.runtime.wiring;

import static jakarta.interceptor.Interceptor.Priority.PLATFORM_AFTER;
import static jakarta.interceptor.Interceptor.Priority.PLATFORM_BEFORE;

import java.util.Objects;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Starts the subsystems after the application's own start-up observers and before the HTTP server opens, and stops them after
 * it has closed and before the application's own shutdown observers.
 */
@Singleton
public class StartAndStop {

    private volatile @Nullable DaemonLifecycle lifecycle;

    /** Called before the first event of the application. */
    void serve(DaemonLifecycle itsLifecycle) {
        lifecycle = itsLifecycle;
    }

    DaemonLifecycle lifecycle() {
        return Objects.requireNonNull(lifecycle, "the daemon is not assembled");
    }

    void onStart(@Observes @Priority(PLATFORM_AFTER) StartupEvent event) {
        lifecycle().start();
    }

    void onStop(@Observes @Priority(PLATFORM_BEFORE) ShutdownEvent event) {
        lifecycle().stop();
    }
}
