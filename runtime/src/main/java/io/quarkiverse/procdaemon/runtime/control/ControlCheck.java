package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.ControlConfig;
import io.quarkiverse.procdaemon.runtime.config.StartCheck;

/** Whether the socket can be where it is to be, and whether those who may use it exist. */
@Singleton
public final class ControlCheck implements StartCheck {

    private static final String USERS = "quarkus.proc-daemon.control.allowed-users";

    @Override
    public List<ConfigProblem> problems(Start next, @Nullable Start running) {
        ControlConfig active = running == null ? null : running.config().control();
        return problems(next.config().control(), next.name(), active, running == null ? "" : running.name(), System.getenv());
    }

    /**
     * @param active with which the process has started; null if it starts
     * @param activeName of the daemon
     */
    static List<ConfigProblem> problems(ControlConfig next, String name, @Nullable ControlConfig active, String activeName,
            Map<String, String> environment) {
        List<ConfigProblem> problems = new ArrayList<>();
        if (ControlService.isOff(next)) {
            return problems;
        }
        try {
            Path path = SocketPath.named(next.socket(), name, environment);
            if (active == null || ControlService.isOff(active)
                    || !isSame(path, SocketPath.named(active.socket(), activeName, environment))) {
                SocketPath.check(path);
            }
        } catch (InvalidConfigurationException impossible) {
            problems.add(problem(SocketPath.KEY, impossible.problems().get(0)));
        }
        if (active == null || !next.allowedUsers().equals(active.allowedUsers())) {
            for (String user : next.allowedUsers().orElse(List.of())) {
                checkUser(user, problems);
            }
        }
        return problems;
    }

    private static boolean isSame(Path path, Path own) {
        try {
            return path.equals(own) || Files.exists(path) && Files.isSameFile(path, own);
        } catch (IOException unknown) {
            return false;
        }
    }

    private static void checkUser(String name, List<ConfigProblem> problems) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException missing) {
            problems.add(problem(USERS, USERS + " names " + name + ", but this system has no such user; correct the name"));
        } catch (IOException unknown) {
            problems.add(problem(USERS,
                    USERS + " names " + name + ", and whether there is such a user cannot be found out (" + unknown + ")"));
        }
    }

    private static ConfigProblem problem(String key, String sentence) {
        return new ConfigProblem(Optional.of(key), Optional.empty(), OptionalInt.empty(), sentence);
    }
}
