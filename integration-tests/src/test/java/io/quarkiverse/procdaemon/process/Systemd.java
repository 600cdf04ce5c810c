package io.quarkiverse.procdaemon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * A systemd of the test's own: the real system manager in namespaces of its own. Needs Linux, root and systemd; a test without
 * them is skipped.
 */
public final class Systemd implements AutoCloseable {

    private static final Path MANAGER = Path.of("/lib/systemd/systemd");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final List<String> apps = new ArrayList<>();
    private Process process;
    private long manager;

    /** @param directory an empty one, for its files */
    public Systemd(Path directory) throws IOException {
        assumeTrue(Files.isExecutable(MANAGER), "skipped: no " + MANAGER + " here; install the package systemd");
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root can run a systemd of its own");
        this.directory = directory;
        for (String each : List.of("units", "default", "lib")) {
            Files.createDirectories(directory.resolve(each));
        }
    }

    /** Puts an application where its unit expects it. */
    public Systemd app(String place, Path real) {
        apps.add(place + " " + real.toAbsolutePath());
        return this;
    }

    /** Puts a unit file in its place; what it prints goes to a file. */
    public Systemd unit(Path file) throws IOException {
        Files.copy(file, directory.resolve("units").resolve(file.getFileName()));
        String name = file.getFileName().toString();
        return dropIn(name, "output", "StandardOutput=append:/run/test/" + name + ".log", "StandardError=inherit");
    }

    /** Puts lines of the section {@code [Service]} beside a unit. */
    public Systemd dropIn(String unit, String name, String... lines) throws IOException {
        Path place = Files.createDirectories(directory.resolve("units").resolve(unit + ".d")).resolve(name + ".conf");
        Files.writeString(place, "[Service]\n" + String.join("\n", lines) + "\n");
        return this;
    }

    /** The file of that name in {@code /etc/default}. */
    public Path defaults(String name) {
        return directory.resolve("default").resolve(name);
    }

    /** The file at that place in {@code /var/lib}. */
    public Path lib(String path) throws IOException {
        Path file = directory.resolve("lib").resolve(path);
        if (!Files.exists(file.getParent())) {
            Files.createDirectories(file.getParent());
        }
        return file;
    }

    public Systemd boot() throws IOException {
        Files.write(directory.resolve("apps"), apps);
        Files.writeString(directory.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path script = directory.resolve("systemd-in-namespaces.sh");
        try (InputStream text = Systemd.class.getResourceAsStream("systemd-in-namespaces.sh")) {
            Files.write(script, text.readAllBytes());
        }
        process = new ProcessBuilder("bash", script.toString(), directory.toAbsolutePath().toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("systemd.log").toFile()).start();
        Awaitility.await("systemd").atMost(PATIENCE).until(() -> {
            assertThat(process.isAlive()).as(() -> read("systemd.log")).isTrue();
            manager = process.descendants().filter(Systemd::isManager).mapToLong(ProcessHandle::pid).findFirst().orElse(0);
            return manager != 0 && run("systemctl", "is-system-running").output().contains("running");
        });
        return this;
    }

    private static boolean isManager(ProcessHandle process) {
        return process.info().command().filter(command -> command.endsWith("/systemd")).isPresent();
    }

    /** What a command has printed, and its exit code. */
    public record Result(int exitCode, String output) {
    }

    /** Runs a command where this systemd is the manager. */
    public Result run(String... command) throws IOException {
        List<String> inside = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(manager), "--mount", "--pid",
                        "--wd=" + Path.of("").toAbsolutePath(), "--"));
        inside.addAll(List.of(command));
        Process running = new ProcessBuilder(inside).redirectErrorStream(true).start();
        try {
            running.getOutputStream().close();
            String output = new String(running.getInputStream().readAllBytes());
            assertThat(running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return new Result(running.exitValue(), output.strip());
        } catch (InterruptedException interrupted) {
            running.destroyForcibly();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The same with a command that has to succeed. */
    public String ok(String... command) throws IOException {
        Result result = run(command);
        assertThat(result.exitCode()).as("%s: %s%n%s", String.join(" ", command), result.output(), read("systemd.log"))
                .isZero();
        return result.output();
    }

    /** A property of a unit. */
    public String show(String unit, String property) throws IOException {
        return ok("systemctl", "show", "--property=" + property, "--value", unit);
    }

    /** Waits until a property of a unit is as wanted. */
    public void await(String unit, String property, String regex) {
        Awaitility.await(unit + ": " + property + "=" + regex).atMost(PATIENCE)
                .untilAsserted(() -> assertThat(show(unit, property)).matches(regex));
    }

    /** What a unit has printed. */
    public String log(String unit) {
        return read(unit + ".log");
    }

    private String read(String file) {
        try {
            Path path = directory.resolve(file);
            return Files.exists(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        all.forEach(each -> each.onExit().join());
        removeGroups("proc-daemon-" + process.pid());
    }

    private static void removeGroups(String name) throws IOException {
        for (Path controller : list(Path.of("/sys/fs/cgroup"))) {
            removeGroup(controller.resolve(name));
        }
        removeGroup(Path.of("/sys/fs/cgroup", name));
    }

    private static void removeGroup(Path group) throws IOException {
        if (Files.isDirectory(group)) {
            for (Path each : list(group)) {
                removeGroup(each);
            }
            Awaitility.await(group + " is empty").atMost(PATIENCE).ignoreExceptions().until(() -> {
                Files.delete(group);
                return true;
            });
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isDirectory).toList();
        }
    }
}
