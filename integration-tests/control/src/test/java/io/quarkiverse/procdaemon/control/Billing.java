package io.quarkiverse.procdaemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The packaged application as a process, in a directory of its own, with the socket where a session would put it. */
final class Billing implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger COUNT = new AtomicInteger();

    final Path directory;
    final Path socket;
    private final Process process;
    private final Path log;

    private Billing(Path directory, Process process, Path log) {
        this.directory = directory;
        this.socket = directory.resolve("billing.sock");
        this.process = process;
        this.log = log;
    }

    /** Starts it in a directory that everybody may enter. */
    static Billing start(Path directory, Map<String, String> environment, String... options) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path hooks = Files.createDirectories(directory.resolve("hooks"));
        Path log = directory.resolve("log-" + COUNT.incrementAndGet());
        String program = System.getProperty("control.program");
        List<String> command = new ArrayList<>();
        if (program.endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(System.getProperty("control.vm-options", "-XX:TieredStopAtLevel=1").split(" ")));
        } else {
            command.add(program);
        }
        command.addAll(List.of(options));
        command.add("-Dbilling.hooks=" + hooks);
        command.add("-Dquarkus.proc-daemon.dump.directory=" + directory.resolve("dumps"));
        if (program.endsWith(".jar")) {
            command.addAll(List.of("-jar", Path.of(program).toAbsolutePath().toString()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().remove("XDG_RUNTIME_DIR");
        builder.environment().putAll(environment);
        return new Billing(directory, builder.start(), log);
    }

    /** Starts it and waits until the socket is there. */
    static Billing open(Path directory, String... options) throws IOException {
        Billing billing = start(directory, Map.of("XDG_RUNTIME_DIR", directory.toString()), options);
        try {
            billing.awaitLog("The control socket is ");
            return billing;
        } catch (Throwable failed) {
            billing.close();
            throw failed;
        }
    }

    /** Starts it and waits until it is RUNNING. */
    static Billing up(Path directory, String... options) throws IOException {
        Billing billing = open(directory, options);
        billing.awaitLog("billing .* started in ");
        billing.await("state", () -> billing.curl("/v1/daemon").contains("RUNNING"));
        return billing;
    }

    interface Look {
        boolean holds() throws Exception;
    }

    void await(String what, Look look) {
        org.awaitility.Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(look::holds);
    }

    Billing awaitLog(String regex) {
        Pattern pattern = Pattern.compile(regex);
        org.awaitility.Awaitility.await(regex).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
            boolean alive = process.isAlive();
            boolean found = pattern.matcher(log()).find();
            assertThat(alive || found).as("alive, or said '%s':%n%s", regex, log()).isTrue();
            return found;
        });
        return this;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    long pid() {
        return process.pid();
    }

    void hook(String name, boolean there) throws IOException {
        Path hook = directory.resolve("hooks").resolve(name);
        if (there) {
            Files.createFile(hook);
        } else {
            Files.delete(hook);
        }
    }

    /** What curl prints, to people unless the arguments say otherwise. */
    String curl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-m", "60", "--unix-socket", socket.toString()));
        for (String argument : arguments) {
            command.add(argument.startsWith("/v1") || argument.equals("/") ? "http://d" + argument : argument);
        }
        return run(Map.of(), command.toArray(String[]::new)).output();
    }

    String json(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-H", "Accept: application/json"));
        return curl(all.toArray(String[]::new));
    }

    record Result(int exitCode, String output) {
    }

    /** Runs a command; standard error is part of its output. */
    static Result run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process run = builder.start();
        run.getOutputStream().close();
        String output = new String(run.getInputStream().readAllBytes());
        assertThat(run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s ends", (Object) command).isTrue();
        return new Result(run.exitValue(), output);
    }

    void terminate() {
        process.destroy();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends:%n%s", log()).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
