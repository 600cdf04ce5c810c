package io.quarkiverse.procdaemon.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.procdaemon.process.AppProcess;

/** A tool of users, or what they have built with it, as a process that has a home and a local Maven repository of its own. */
class ToolProcess extends AppProcess {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    static final Path HOME = TARGET.resolve("home");
    private static final Path REPOSITORY = TARGET.resolve("repository");

    private ToolProcess(Process process, Path output) {
        super(process, output);
    }

    /** Runs Maven and returns what it logged. */
    static String maven(Path directory, Path registry, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("maven.program"), "-B", "-ntp"));
        Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        if (Files.exists(settings)) {
            command.addAll(List.of("-s", settings.toString()));
        }
        command.addAll(properties(registry));
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    /** Runs the CLI of Quarkus and returns what it printed. */
    static String cli(Path directory, Path registry, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java().toString()));
        command.addAll(properties(registry));
        command.add("-Duser.home=" + HOME);
        command.addAll(List.of("-jar", TARGET.resolve("tools/quarkus-cli.jar").toString()));
        command.addAll(List.of(arguments));
        return run(directory, command);
    }

    /** Starts a packaged application. */
    static ToolProcess application(Path directory) throws IOException {
        return start(directory, List.of(java().toString(), "-Dquarkus.http.port=0", "-jar",
                "target/quarkus-app/quarkus-run.jar"));
    }

    /** Puts what this build has packaged where these tools look first, as {@code mvn install} would. */
    static void install(String artifact, Path module) throws IOException {
        String name = artifact + "-999-SNAPSHOT";
        Path folder = Files.createDirectories(REPOSITORY.resolve("io/quarkiverse/procdaemon").resolve(artifact)
                .resolve("999-SNAPSHOT"));
        Files.copy(module.resolve("pom.xml"), folder.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        if (Files.isDirectory(module.resolve("src"))) {
            try (Stream<Path> files = Files.list(module.resolve("target"))) {
                for (Path jar : files.filter(file -> file.getFileName().toString().matches(name + "(-codestarts)?\\.jar"))
                        .toList()) {
                    Files.copy(jar, folder.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Makes it an empty directory. */
    static void clean(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory);
    }

    private static List<String> properties(Path registry) {
        return List.of("-Dquarkus.tools.config=" + registry, "-Dmaven.repo.local=" + REPOSITORY,
                "-Dmaven.repo.local.tail=" + System.getProperty("maven.repository"), "-Dquarkus.analytics.disabled=true");
    }

    private static String run(Path directory, List<String> command) throws IOException, InterruptedException {
        try (ToolProcess process = start(directory, command)) {
            assertThat(process.awaitExit(Duration.ofMinutes(10))).as("exit code of %s:%n%s", command, process.log()).isZero();
            return process.log();
        }
    }

    private static ToolProcess start(Path directory, List<String> command) throws IOException {
        Path output = newOutput().toAbsolutePath();
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("HOME", HOME.toString(), "JAVA_HOME",
                System.getProperty("java.home"), "MAVEN_OPTS",
                "-Duser.home=" + HOME));
        return new ToolProcess(builder.start(), output);
    }
}
