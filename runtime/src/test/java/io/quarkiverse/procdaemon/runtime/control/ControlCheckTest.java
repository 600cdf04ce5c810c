package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.config.ControlConfig;

/** What cannot be used is known before anything begins, and a reload does not let it in. */
@Tag("any-jdk")
class ControlCheckTest {

    private static final String SOCKET = "quarkus.proc-daemon.control.socket";
    private static final String USERS = "quarkus.proc-daemon.control.allowed-users";

    @TempDir
    Path directory;

    private static List<String> problems(ControlConfig next, ControlConfig active) {
        return ControlCheck.problems(next, "d", active, "d", Map.of()).stream().map(ConfigProblem::reason).toList();
    }

    private ControlConfig at(String path, String... users) {
        return ControlFixture.config(directory.resolve(path), users);
    }

    @Test
    void allThatIsWrongAtOnce() {
        Path path = directory.resolve("none/d.sock");
        assertThat(ControlCheck.problems(at("none/d.sock", "root", "no-such-user", "nor-this"), "d", null, "", Map.of()))
                .containsExactly(
                        problem(SOCKET, SOCKET + " (" + path + ") cannot be created because there is no directory "
                                + directory.resolve("none") + "; create it or choose another path"),
                        problem(USERS, USERS + " names no-such-user, but this system has no such user; correct the name"),
                        problem(USERS, USERS + " names nor-this, but this system has no such user; correct the name"));
    }

    private static ConfigProblem problem(String key, String sentence) {
        return new ConfigProblem(Optional.of(key), Optional.empty(), OptionalInt.empty(), sentence);
    }

    @Test
    void aReloadRefusesWhatTheNextStartWould() {
        ControlConfig active = at("d.sock");
        assertThat(problems(at("e.sock", "root"), active)).isEmpty();
        assertThat(problems(at("none/d.sock", "no-such-user"), active)).hasSize(2);
    }

    @Test
    void whatThisProcessUsesIsRight() throws Exception {
        SocketFile own = SocketFile.open(directory.resolve("d.sock"), "rw-------");
        try {
            assertThat(problems(at("d.sock"), null)).containsExactly(SOCKET + " (" + directory.resolve("d.sock")
                    + ") is served by another process; stop that one, or give each its own path");
            assertThat(problems(at("d.sock"), at("d.sock"))).isEmpty();
            Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
            assertThat(problems(at("link/d.sock"), at("d.sock"))).as("by another name, over %s", link).isEmpty();
            assertThat(problems(at("d.sock", "no-such-user"), at("d.sock", "no-such-user"))).as("gone since").isEmpty();
        } finally {
            own.close();
        }
    }

    @Test
    void theNameOfTheDaemonIsPartOfThePath() throws Exception {
        ControlConfig byDefault = ControlFixture.config(null);
        Map<String, String> environment = Map.of("XDG_RUNTIME_DIR", directory.toString());
        assertThat(ControlCheck.problems(byDefault, "a/b", byDefault, "d", environment)).containsExactly(
                problem(SOCKET, "the name of the daemon, a/b, cannot be the name of a file; set " + SOCKET));
        Files.createDirectory(directory.resolve("e.sock"));
        assertThat(ControlCheck.problems(byDefault, "e", byDefault, "d", environment)).hasSize(1);
        assertThat(ControlCheck.problems(byDefault, "e", byDefault, "e", environment)).isEmpty();
    }
}
