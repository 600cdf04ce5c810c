package io.quarkiverse.procdaemon.runtime.wiring;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.StartCheck;
import io.quarkiverse.procdaemon.runtime.process.InstanceLock;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownContext;
import io.quarkus.runtime.annotations.Recorder;
import io.smallrye.config.SmallRyeConfig;

/**
 * Takes the instance lock, if there is to be one, before nearly everything else. Its own recorder, which is given no
 * configuration, so that it depends on nothing.
 */
@Recorder
public class InstanceLockRecorder {

    /** Reachable until the process ends, or until dev mode starts the application again. */
    private static volatile @Nullable InstanceLock held;

    /** Does nothing in tests, which run beside dev mode in one JVM. */
    public void take(ShutdownContext shutdown) {
        if (LaunchMode.current() == LaunchMode.TEST) {
            return;
        }
        SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
        Path file = path(value(config, InstanceLock.KEY));
        if (file == null) {
            return;
        }
        String name = value(config, "quarkus.proc-daemon.name");
        name = name == null ? value(config, "quarkus.application.name") : name;
        try {
            InstanceLock lock = InstanceLock.take(file, name == null ? "daemon" : name);
            held = lock;
            if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
                shutdown.addLastShutdownTask(lock::close);
            }
        } catch (InvalidConfigurationException wrong) {
            withAllOthers(config, name == null ? "daemon" : name, wrong.problems().get(0));
        } catch (DaemonException failure) {
            throw StartFailure.refused(failure);
        }
    }

    /** So that one start shows all there is to correct, though this one ends before anything else is checked. */
    private static void withAllOthers(SmallRyeConfig config, String name, String problem) {
        ArcContainer container = Arc.container();
        ReloadableEngine daemon = new ReloadableEngine(container.instance(RecordedDaemon.class).get(), name,
                DaemonRecorder.all(container, StartCheck.class));
        new StartProblems(config, daemon).with(new ConfigProblem(Optional.of(InstanceLock.KEY), Optional.empty(),
                OptionalInt.empty(), problem)).throwIfAny();
    }

    /** Null if it is not set, or so that the check of all keys will report it. */
    private static @Nullable String value(SmallRyeConfig config, String key) {
        String value = config.getConfigValue(key).getValue();
        return value == null || value.isBlank() ? null : value;
    }

    private static @Nullable Path path(@Nullable String value) {
        try {
            return value == null ? null : Path.of(value);
        } catch (InvalidPathException reportedLater) {
            return null;
        }
    }
}
