package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.reload.FileProblems;
import io.quarkiverse.procdaemon.runtime.reload.HotReload;
import io.quarkiverse.procdaemon.runtime.reload.Origin;
import io.smallrye.config.SmallRyeConfig;

/** All problems of the configuration with which the daemon is to start. */
final class StartProblems {

    private final SmallRyeConfig read;
    private final List<ConfigProblem> problems;

    /** @param daemon which has not started */
    StartProblems(SmallRyeConfig read, ReloadableEngine daemon) {
        this.read = read;
        this.problems = new ArrayList<>(FileProblems.of(read));
        this.problems.addAll(daemon.problems(read));
    }

    /** Adds one, as the first, unless there is one with its key already. */
    StartProblems with(ConfigProblem another) {
        if (problems.stream().noneMatch(problem -> problem.key().equals(another.key()))) {
            problems.add(0, another);
        }
        return this;
    }

    /** @throws RuntimeException if there are any, as {@link StartFailure#refused} makes it */
    void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        UnaryOperator<String> mask = HotReload.maskOf(read,
                read.getConfigMapping(DaemonConfig.class, DaemonConfig.PREFIX).reload());
        throw StartFailure.refused(new InvalidConfigurationException(ErrorCode.INVALID_CONFIGURATION,
                "the configuration of the daemon",
                problems.stream().map(problem -> mask.apply(Origin.locate(read, problem).toString())).toList()));
    }
}
