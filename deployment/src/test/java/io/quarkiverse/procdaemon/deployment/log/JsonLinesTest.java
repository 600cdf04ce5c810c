package io.quarkiverse.procdaemon.deployment.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemContext;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.deployment.wiring.RunningJar;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.test.ProdBuildResults;
import io.quarkus.test.ProdModeTestResults;
import io.quarkus.test.QuarkusProdModeTest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Each line of a real process is a JSON object, and those that concern a subsystem say which one. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class JsonLinesTest {

    private static final Pattern MOVED = Pattern.compile("(ingest|journal)(?:#(\\d+))? ([A-Z]+) -> ([A-Z]+)\\b.*",
            Pattern.DOTALL);
    private static final Pattern OWN = Pattern
            .compile("(start|body|task|thread|pool|worker|action|stop|reload|scheduled|uni|virtual)"
                    + " (\\d+)");

    private static final Pattern CHAPTER = Pattern.compile("^## Logs\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```properties\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    @RegisterExtension
    static final QuarkusProdModeTest APPLICATION = new QuarkusProdModeTest()
            .setForcedDependencies(Extensions.of("quarkus-logging-json", "quarkus-scheduler"))
            .withApplicationRoot(jar -> jar.addClasses(Ingest.class, Journal.class))
            .setApplicationName("json-lines");

    @TempDir
    Path directory;

    @ProdBuildResults
    ProdModeTestResults build;

    @Subsystem("journal")
    static class Journal {
    }

    @Subsystem(value = "ingest", dependsOn = Journal.class)
    static class Ingest {

        private static final Logger LOG = Logger.getLogger("ingest");

        private final ExecutorService pool = Executors.newSingleThreadExecutor();
        private final Set<String> logged = new HashSet<>();
        private volatile long generation;

        private void once(String what) {
            synchronized (logged) {
                if (!logged.add(what + generation)) {
                    return;
                }
            }
            LOG.infof("%s %d", what, generation);
        }

        @OnStart
        void start(SubsystemContext context) {
            generation = context.generation();
            once("start");
        }

        @Run
        void run(SubsystemContext context) throws Exception {
            context.onShutdown(() -> once("action"));
            context.fork("task", () -> once("task"));
            pool.submit(() -> once("pool")).get(20, TimeUnit.SECONDS);
            CompletableFuture.runAsync(() -> once("worker"), Infrastructure.getDefaultWorkerPool()).get(20, TimeUnit.SECONDS);
            Thread made = new Thread(() -> once("thread"));
            made.start();
            made.join(20_000);
            once("body");
            if (generation == 1) {
                throw new IllegalStateException("broken");
            }
            context.await();
        }

        @OnReload
        void reload() {
            once("reload");
        }

        @OnStop
        void stop() {
            once("stop");
        }

        @Scheduled(every = "1s")
        void blocking() {
            once("scheduled");
        }

        @Scheduled(every = "1s")
        @RunOnVirtualThread
        void virtual() {
            once("virtual");
        }

        @Scheduled(every = "1s")
        Uni<Void> uni() {
            return Uni.createFrom().voidItem().onItem().invoke(() -> once("uni"));
        }
    }

    /** What the chapter on logs configures, in its order. */
    private static List<String> configurations() throws IOException {
        String chapter = CHAPTER.matcher(Files.readString(Path.of("..", "docs", "observability.md"))).results().findFirst()
                .orElseThrow().group(1);
        return BLOCK.matcher(chapter).results().map(found -> found.group(1)).toList();
    }

    /** Runs with that configuration until the second run of the subsystem is there, and has another directory. */
    private List<String> output(String configuration) throws Exception {
        Path file = Files.writeString(directory.resolve("chapter.properties"), configuration);
        try (RunningJar running = RunningJar.begin(List.of("env", "--chdir=" + directory, "QUARKUS_CONFIG_LOCATIONS=" + file),
                build.getBuiltArtifactPath().toAbsolutePath())) {
            running.awaitLine("ingest#2 STARTING -> RUNNING");
            running.awaitLine("started in");
            running.signal("TERM");
            assertThat(running.exitCode()).isEqualTo(143);
            return running.lines("").toList();
        }
    }

    @Test
    void eachConfigurationOfTheChapterWorks() throws Exception {
        List<String> blocks = configurations();
        assertThat(blocks).hasSize(3);
        assertThat(output(blocks.get(0) + "quarkus.log.console.json.enabled=false\n"))
                .anySatisfy(line -> assertThat(line).containsPattern("INFO +\\[procdaemon\\] ingest  ingest#2 STARTING"))
                .anySatisfy(line -> assertThat(line).containsPattern("INFO +\\[ingest\\] ingest  body 2$"))
                .anySatisfy(line -> assertThat(line).containsPattern("INFO +\\[ingest\\]   pool 2$"))
                .anySatisfy(line -> assertThat(line).containsPattern("WARN +\\[procdaemon\\] ingest PD-4003 ingest#1 RUNNING"));
        assertThat(output(blocks.get(1))).filteredOn(line -> line.contains("body 2")).singleElement()
                .satisfies(line -> {
                    JsonNode json = new ObjectMapper().readTree(line);
                    assertThat(json.get("service").asText()).isEqualTo("billing");
                    assertThat(fields(json)).isEqualTo(Map.of("subsystem", "ingest", "generation", "2"));
                });
        String plain = "quarkus.log.file.json.enabled=false\n";
        output(blocks.get(2) + plain);
        assertThat(directory.resolve("billing.log")).content().containsPattern("INFO +\\[ingest\\] ingest body 2\\R")
                .containsPattern("WARN +\\[io.quarkiverse.procdaemon\\] ingest ingest#1 RUNNING -> STOPPING: it failed");
        output(blocks.get(2).replace("=10M", "=100") + plain);
        assertThat(directory).isDirectoryContaining("glob:**/billing.log.5").isDirectoryNotContaining("glob:**/billing.log.6");
    }

    private List<JsonNode> lines() throws Exception {
        Path config = Files.writeString(directory.resolve("daemon.properties"), "some.key=1\n");
        List<String> lines;
        try (RunningJar running = RunningJar.begin(build.getBuiltArtifactPath(), "-Dquarkus.config.locations=" + config,
                "-Dquarkus.banner.enabled=false", "-Dquarkus.log.category.\"io.quarkiverse.procdaemon\".level=DEBUG",
                "-Dquarkus.log.category.\"io.quarkiverse.procdaemon\".min-level=DEBUG")) {
            running.awaitLine("\"body 2\"");
            running.awaitLine("\"scheduled 2\"");
            running.awaitLine("\"virtual 2\"");
            running.awaitLine("\"uni 2\"");
            Files.writeString(config, "some.key=2\n");
            running.signal("HUP");
            running.awaitLine("\"reload 2\"");
            running.awaitLine("Configuration reloaded");
            running.signal("TERM");
            assertThat(running.exitCode()).isEqualTo(143);
            lines = running.lines("").toList();
        }
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : lines) {
            parsed.add(new ObjectMapper().readTree(line));
        }
        return parsed;
    }

    private static Map<String, String> fields(JsonNode line) {
        Map<String, String> fields = new HashMap<>();
        line.get("mdc").fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    @Test
    void aRunWithACrashARestartAReloadAndAShutdown() throws Exception {
        List<JsonNode> lines = lines();
        assertThat(lines).allSatisfy(line -> assertThat(line.path("message").isTextual()).isTrue());

        Map<String, String> states = new HashMap<>();
        for (JsonNode line : lines) {
            Matcher moved = MOVED.matcher(line.get("message").asText());
            if (moved.matches()) {
                Map<String, String> expected = new HashMap<>(Map.of("subsystem", moved.group(1), "state", moved.group(4)));
                if (line.get("level").asText().equals("WARN")) {
                    expected.put("code", "PD-4003");
                }
                if (moved.group(2) != null) {
                    expected.put("generation", moved.group(2));
                }
                assertThat(fields(line)).as(line.get("message").asText()).isEqualTo(expected);
                assertThat(moved.group(3)).as("one line for each change: " + line.get("message").asText())
                        .isEqualTo(states.getOrDefault(moved.group(1), "REGISTERED"));
                states.put(moved.group(1), moved.group(4));
            }
        }
        assertThat(states).isEqualTo(Map.of("ingest", "STOPPED", "journal", "STOPPED"));

        Set<String> seen = new HashSet<>();
        for (JsonNode line : lines) {
            Matcher own = OWN.matcher(line.get("message").asText());
            if (own.matches()) {
                seen.add(own.group());
                boolean isOther = Set.of("thread", "pool", "worker").contains(own.group(1));
                if (isOther) {
                    assertThat(fields(line).values()).as(own.group()).allMatch(String::isEmpty);
                } else {
                    assertThat(fields(line)).as(own.group())
                            .isEqualTo(Map.of("subsystem", "ingest", "generation", own.group(2)));
                }
            }
        }
        assertThat(seen).containsAll(Stream.of("start", "body", "task", "action", "stop", "thread", "pool", "worker").flatMap(
                what -> Stream.of(what + " 1", what + " 2")).toList())
                .contains("reload 2", "scheduled 2", "uni 2", "virtual 2");
        assertThat(lines).filteredOn(line -> line.get("message").asText().contains("is shutting down")).singleElement()
                .satisfies(line -> assertThat(fields(line)).isEmpty());
    }
}
