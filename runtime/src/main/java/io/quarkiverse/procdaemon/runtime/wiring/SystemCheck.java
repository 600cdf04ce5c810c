package io.quarkiverse.procdaemon.runtime.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.StartCheck;
import io.quarkiverse.procdaemon.runtime.process.InstanceLock;
import io.quarkiverse.procdaemon.runtime.process.PidFile;
import io.quarkiverse.procdaemon.runtime.report.ReportFile;
import io.quarkus.runtime.LaunchMode;

/**
 * Whether the files of the process can be where they are to be, and whether there is the service manager that there must be.
 */
final class SystemCheck implements StartCheck {

    static final String SYSTEMD = "quarkus.proc-daemon.systemd.enabled";

    @Override
    public List<ConfigProblem> problems(Start next, @Nullable Start running) {
        List<ConfigProblem> problems = new ArrayList<>();
        DaemonConfig config = next.config();
        DaemonConfig active = running == null ? null : running.config();
        boolean areUsed = LaunchMode.current() != LaunchMode.TEST;
        // References to the methods would load their classes, also without a file. The start has its lock already.
        if (areUsed && active != null && isNew(config.instanceLock(), active.instanceLock())) {
            add(InstanceLock.KEY, InstanceLock.objection(config.instanceLock().get(), active.instanceLock().orElse(null)),
                    problems);
        }
        if (areUsed && isNew(config.pidFile(), active == null ? Optional.empty() : active.pidFile())) {
            add(PidFile.KEY, PidFile.objection(config.pidFile().get()), problems);
        }
        Optional<Path> report = config.shutdown().reportFile();
        if (isNew(report, active == null ? Optional.empty() : active.shutdown().reportFile())) {
            add(ReportFile.KEY, ReportFile.objection(report.get()), problems);
        }
        add(SYSTEMD, ServiceManager.objection(config.systemd()), problems);
        return problems;
    }

    private static boolean isNew(Optional<Path> path, Optional<Path> active) {
        return path.isPresent() && !path.equals(active);
    }

    private static void add(String key, @Nullable String objection, List<ConfigProblem> problems) {
        if (objection != null) {
            problems.add(new ConfigProblem(Optional.of(key), Optional.empty(), OptionalInt.empty(), objection));
        }
    }
}
