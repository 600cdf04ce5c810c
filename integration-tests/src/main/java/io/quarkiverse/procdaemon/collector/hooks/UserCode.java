package io.quarkiverse.procdaemon.collector.hooks;

import static jakarta.interceptor.Interceptor.Priority.PLATFORM_AFTER;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/**
 * Other code of an application: observers, a shutdown hook, a log handler, a shutdown listener; each can be made to fail.
 */
@Singleton
class UserCode {

    @Inject
    HookConfig config;

    @Inject
    Mishaps mishaps;

    @Inject
    ArmedFaults faults;

    void beforeTheDaemon(@Observes StartupEvent event) throws Exception {
        if (config.enabled()) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::jvmHook, "user-shutdown-hook"));
            BlockingHandler.install(faults);
            meet("startup-before");
        }
    }

    void afterTheDaemon(@Observes @Priority(PLATFORM_AFTER + 1) StartupEvent event) throws Exception {
        if (config.enabled()) {
            UserShutdownListener.install(this);
            meet("startup-after");
        }
    }

    void subsystem(@Observes SubsystemEvent event) throws Exception {
        meet("subsystem-event");
    }

    void shutdown(@Observes ShutdownEvent event) throws Exception {
        meet("shutdown-event");
    }

    private void jvmHook() {
        try {
            meet("jvm-hook");
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    void meet(String place) throws Exception {
        if (config.enabled()) {
            mishaps.meet(place);
        }
    }
}
