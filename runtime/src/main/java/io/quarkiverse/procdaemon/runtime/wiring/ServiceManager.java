package io.quarkiverse.procdaemon.runtime.wiring;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.runtime.config.SystemdConfig;
import io.quarkiverse.procdaemon.runtime.config.SystemdConfig.Use;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.systemd.SystemdService;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
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

    /** Why the daemon cannot start, if it must reach systemd: a sentence that says what to do; null if it need not, or can. */
    static @Nullable String objection(SystemdConfig config) {
        if (LaunchMode.current() != LaunchMode.NORMAL || config.enabled() != Use.TRUE) {
            return null;
        }
        try {
            SystemdService.of(true, System::getenv, ServiceManager::hasApplicationStarted,
                    () -> new ShutdownBudget(Duration.ZERO, Duration.ZERO, Duration.ZERO));
            return null;
        } catch (InvalidConfigurationException unreachable) {
            return unreachable.problems().get(0);
        }
    }

    /** @param budget how long a stop may take, if it begins now */
    static Optional<SystemdService> systemd(SystemdConfig config, Supplier<ShutdownBudget> budget) {
        try {
            return SystemdService.of(config.enabled() == Use.TRUE, System::getenv, ServiceManager::hasApplicationStarted,
                    budget);
        } catch (InvalidConfigurationException unreachable) {
            throw StartFailure.refused(unreachable);
        }
    }

    /**
     * The daemon does not start, and does not even try. Under systemd it says so in its status, and if the configuration is
     * wrong, the exit code will be one by which the unit knows that another attempt is in vain.
     */
    static void refused(DaemonException why) {
        String socket = System.getenv("NOTIFY_SOCKET");
        if (LaunchMode.current() != LaunchMode.NORMAL || socket == null || socket.isEmpty() || isSwitchedOff()) {
            return;
        }
        if (why instanceof InvalidConfigurationException invalid) {
            SystemdService.notStarted(socket, invalid.problems());
            exitsWith(SystemdService.WRONG_CONFIGURATION);
        } else {
            SystemdService.notStarted(socket, List.of(why.getMessage()));
        }
    }

    /** The value may be wrong, and the other keys, too. */
    private static boolean isSwitchedOff() {
        String use = ConfigProvider.getConfig().getConfigValue("quarkus.proc-daemon.systemd.enabled").getValue();
        return "false".equalsIgnoreCase(use);
    }

    /** Quarkus itself knows only the exit code 1 for a start that fails. */
    private static void exitsWith(int code) {
        BiConsumer<Integer, Throwable> exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        BiConsumer<Integer, Throwable> changed = (usual, thrown) -> exit.accept(thrown == null ? usual : Integer.valueOf(code),
                thrown);
        ApplicationLifecycleManager.setDefaultExitCodeHandler(changed);
    }

    private static boolean hasApplicationStarted() {
        Application application = Application.currentApplication();
        return application != null && application.isStarted();
    }
}
