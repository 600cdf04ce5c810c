package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** A PID namespace of its own, in which the collector is process 1, as in a container. */
final class Container {

    /** What the command of process 1 follows. */
    static final List<String> PREFIX = prefix();

    private Container() {
    }

    private static List<String> prefix() {
        List<String> prefix = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc"));
        if (!"root".equals(System.getProperty("user.name"))) {
            prefix.add("--map-root-user");
        }
        return prefix;
    }

    /** @param command what is to be process 1 and starts the collector; none for the collector itself */
    static DaemonProcess.Launch of(DaemonProcess.Launch launch, String... command) {
        return launch.through(PREFIX.toArray(String[]::new)).through(command);
    }

    static void signal(String name, DaemonProcess daemon) throws Exception {
        signal(name, ProcessHandle.of(daemon.pid()).orElseThrow());
    }

    /** To process 1 in it, as {@code docker stop} does. */
    static void signal(String name, ProcessHandle container) throws Exception {
        ProcessHandle first = container.children().findFirst().orElseThrow();
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(first.pid())).inheritIO().start();
        assertThat(kill.waitFor()).as("exit code of kill").isZero();
    }
}
