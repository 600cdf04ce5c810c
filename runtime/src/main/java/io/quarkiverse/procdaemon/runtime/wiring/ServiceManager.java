package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.Optional;
import java.util.function.Supplier;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.runtime.config.SystemdConfig;
import io.quarkiverse.procdaemon.runtime.config.SystemdConfig.Use;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.systemd.SystemdService;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;

/** The service manager that has started this process, if it wants to know how the daemon is. */
final class ServiceManager {

    private ServiceManager() {
    }

    /** Whether to tell systemd anything. Where not, none of the classes for it is loaded. */
    static boolean isSystemd(SystemdConfig config) {
        String socket = System.getenv("NOTIFY_SOCKET");
        return LaunchMode.current() == LaunchMode.NORMAL
                && (config.enabled() == Use.TRUE || config.enabled() == Use.AUTO && socket != null && !socket.isEmpty());
    }

    /** @param budget how long a stop may take, if it begins now */
    static Optional<SystemdService> systemd(SystemdConfig config, Supplier<ShutdownBudget> budget) {
        try {
            return SystemdService.of(config.enabled() == Use.TRUE, System::getenv, ServiceManager::hasApplicationStarted,
                    budget);
        } catch (InvalidConfigurationException unreachable) {
            throw DaemonRecorder.startFailure(unreachable);
        }
    }

    private static boolean hasApplicationStarted() {
        Application application = Application.currentApplication();
        return application != null && application.isStarted();
    }
}
