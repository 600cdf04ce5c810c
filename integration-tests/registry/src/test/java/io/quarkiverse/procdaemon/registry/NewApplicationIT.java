package io.quarkiverse.procdaemon.registry;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The first minutes of a new user: the extension is found by its short name, and what is created with it builds, runs and
 * stops.
 */
class NewApplicationIT {

    private static final Path ROOT = Path.of("../..");
    private static final Path APPLICATIONS = Path.of("target/applications").toAbsolutePath();
    private static final String QUARKUS = System.getProperty("quarkus.version");

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>existing</artifactId>
              <version>1.0.0-SNAPSHOT</version>
              <dependencyManagement>
                <dependencies>
                  <dependency>
                    <groupId>io.quarkus</groupId>
                    <artifactId>quarkus-bom</artifactId>
                    <version>%s</version>
                    <type>pom</type>
                    <scope>import</scope>
                  </dependency>
                </dependencies>
              </dependencyManagement>
              <build>
                <plugins>
                  <plugin>
                    <groupId>io.quarkus</groupId>
                    <artifactId>quarkus-maven-plugin</artifactId>
                    <version>%<s</version>
                  </plugin>
                </plugins>
              </build>
            </project>
            """.formatted(QUARKUS);

    private static final String DEPENDENCY = """
                <dependency>
                  <groupId>io.quarkiverse.procdaemon</groupId>
                  <artifactId>quarkus-proc-daemon</artifactId>
                  <version>999-SNAPSHOT</version>
                </dependency>
            """;

    private static Path registry;

    @BeforeAll
    static void makeRegistry() throws IOException {
        ToolProcess.clean(APPLICATIONS);
        ToolProcess.clean(ToolProcess.HOME);
        registry = LocalRegistry.write(Path.of("target/registry"),
                ROOT.resolve("runtime/target/classes/META-INF/quarkus-extension.yaml"));
        ToolProcess.install("quarkus-proc-daemon-parent", ROOT);
        ToolProcess.install("quarkus-proc-daemon", ROOT.resolve("runtime"));
        ToolProcess.install("quarkus-proc-daemon-deployment-spi", ROOT.resolve("deployment/spi"));
        ToolProcess.install("quarkus-proc-daemon-deployment", ROOT.resolve("deployment"));
    }

    @AfterAll
    static void nothingIsLeftInTheHome() {
        // Quarkus itself writes the number of an anonymous user there, in any build.
        assertThat(ToolProcess.HOME.toFile().list()).isSubsetOf(".redhat");
    }

    @Test
    void mavenAddsExtension() throws Exception {
        Path application = existing("added-by-maven");

        ToolProcess.maven(application, registry, "quarkus:add-extension", "-Dextensions=proc-daemon");

        assertThat(application.resolve("pom.xml")).content().containsOnlyOnce(DEPENDENCY);
    }

    @Test
    void cliAddsExtension() throws Exception {
        Path application = existing("added-by-cli");

        String listed = ToolProcess.cli(application, registry, "ext", "list", "--installable", "--full", "--search",
                "proc-daemon");
        ToolProcess.cli(application, registry, "ext", "add", "proc-daemon");

        assertThat(listed).contains("Proc Daemon", "https://docs.quarkiverse.io/quarkus-proc-daemon/dev/");
        assertThat(application.resolve("pom.xml")).content().containsOnlyOnce(DEPENDENCY);
    }

    @Test
    void createdApplicationWorks() throws Exception {
        ToolProcess.maven(APPLICATIONS, registry, "io.quarkus:quarkus-maven-plugin:" + QUARKUS + ":create",
                "-DprojectGroupId=com.example", "-DprojectArtifactId=mailroom", "-Dextensions=proc-daemon");
        Path application = APPLICATIONS.resolve("mailroom");
        assertThat(sources(application)).containsExactlyInAnyOrder("main/java/com/example/Inbox.java",
                "test/java/com/example/InboxTest.java",
                "test/java/com/example/InboxIT.java", "main/resources/application.properties");
        assertThat(application.resolve("README.md")).content().contains("### In a container", "docker run --stop-timeout 20");

        String built = ToolProcess.maven(application, registry, "verify", "-DskipITs=false", "-Dquarkus.http.test-port=0");
        assertThat(built).contains("Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed",
                "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0, Time elapsed");

        try (ToolProcess process = ToolProcess.application(application)) {
            process.awaitLog("Installed features: \\[.*proc-daemon");
            Path inbox = application.resolve("inbox");
            put(inbox, "one.txt");
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(inbox.resolve("done/one.txt")));
            process.awaitLog("one.txt has 1 lines");

            Path config = Files.createDirectory(application.resolve("config")).resolve("application.properties");
            Files.writeString(config, "inbox.poll-interval=off\n");
            process.awaitLog("Configuration reloaded \\(epoch 2\\); changed: inbox.poll-interval");
            put(inbox, "two.txt");
            Files.writeString(config, "inbox.poll-interval=50ms\n");
            await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(inbox.resolve("done/two.txt")));

            process.terminate();
            assertThat(process.awaitExit()).isEqualTo(143);
            assertThat(process.log()).contains("mailroom has shut down in", "signal TERM (exit code 143); 1 stopped")
                    .doesNotContain("WARN");
        }
    }

    private static void put(Path folder, String name) throws IOException {
        Path complete = Files.writeString(folder.resolve(name + ".part"), "hello\n");
        Files.move(complete, folder.resolve(name));
    }

    private static Path existing(String name) throws IOException {
        Path application = Files.createDirectories(APPLICATIONS.resolve(name));
        Files.writeString(application.resolve("pom.xml"), POM);
        return application;
    }

    private static Set<String> sources(Path application) throws IOException {
        Path root = application.resolve("src");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.startsWith("main/docker/")).collect(toSet());
        }
    }
}
