package io.quarkiverse.procdaemon.deployment.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** The rules and the dashboard in the documentation ask for what a scrape has, and promtool finds nothing wrong with either. */
class PrometheusFilesTest {

    private static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();
    private static final Path RULES = DOCS.resolve("prometheus/rules.yml");
    private static final Path DASHBOARD = DOCS.resolve("grafana/proc-daemon.json");
    private static final Pattern METRIC = Pattern.compile("proc_daemon_[a-z_]+");

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.metrics())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Some.class));

    @Subsystem
    static class Some {
    }

    private static String scrape() {
        return RestAssured.given().accept("text/plain").get("/q/metrics").asString();
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> scraped() {
        return scrape().lines().filter(line -> line.startsWith("proc_daemon_")).map(line -> line.split("[{ ]")[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theScrapeIsValid() throws Exception {
        String own = scrape().lines().filter(line -> line.contains("proc_daemon_")).collect(Collectors.joining("\n", "", "\n"));
        assertThat(own).contains("proc_daemon_ready 1.0");
        // It finds fault with the name of a counter or the lack of a description, too, with exit code 3.
        assertThat(run(own, "promtool", "check", "metrics")).isEmpty();
    }

    /** The guide says how many: 22 for a subsystem, and 33. */
    @Test
    void thereAreAsManySeriesAsTheGuideSays() throws Exception {
        assertThat(scrape().lines().filter(line -> line.startsWith("proc_daemon_"))).hasSize(22 + 33);
        assertThat(Files.readString(DOCS.resolve("observability.md")))
                .contains("| 22 for each subsystem and 33 | 110,033 |", "| 15 for each subsystem and 33 | 75,033 |",
                        "| 15 for each critical subsystem and 33 | 783 |", "| `none` | | 33 | 33 |");
    }

    /** The commands that the guide shows. */
    @Test
    void theRulesAreValidAndFireInASimulatedOutage() throws Exception {
        String commands = Pattern.compile("^### Alerts\n.*?^```sh\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(DOCS.resolve("observability.md"))).results().map(found -> found.group(1)).findFirst()
                .orElseThrow();
        assertThat(commands).contains("promtool check rules", "promtool test rules");
        assertThat(run("", "sh", "-c", "set -e\n" + commands)).contains("SUCCESS: 12 rules found").endsWith("  SUCCESS\n\n");
    }

    @Test
    void everyMetricOfTheRulesIsScraped() throws IOException {
        List<String> expressions = Files.readAllLines(RULES).stream().filter(line -> line.trim().startsWith("expr:")).toList();
        assertThat(expressions).hasSize(12);
        assertThat(scraped()).containsAll(metrics(String.join("\n", expressions)));
    }

    @Test
    void everyAlertIsTestedAndHasAChapterThatSaysWhatToDo() throws IOException {
        String rules = Files.readString(RULES);
        List<String> alerts = Pattern.compile("- alert: (\\w+)").matcher(rules).results().map(found -> found.group(1)).toList();
        String tests = Files.readString(RULES.resolveSibling("rules_test.yml"));
        assertThat(alerts).hasSize(12).doesNotHaveDuplicates().allSatisfy(alert -> assertThat(tests).contains(alert));
        Set<String> chapters = Files.readAllLines(DOCS.resolve("observability.md")).stream()
                .filter(line -> line.startsWith("#")).map(line -> line.replaceFirst("#+ ", "").toLowerCase().replace(' ', '-'))
                .collect(Collectors.toSet());
        for (String alert : rules.split("- alert: ")) {
            if (alert.contains("expr:")) {
                assertThat(alert).contains("severity:", "summary:", "description:", "runbook_url:");
                assertThat(chapters).contains(alert.replaceAll("(?s).*observability\\.md#([a-z-]+).*", "$1"));
            }
        }
    }

    @Test
    void everyMetricOfTheDashboardIsScraped() throws IOException {
        Set<String> asked = metrics(Files.readString(DASHBOARD));
        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(scraped()).containsAll(asked);
    }

    /** What Grafana needs to import it anywhere: no identifier of a data source, and panels that do not overlap. */
    @Test
    void theDashboardCanBeImported() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        assertThat(dashboard.path("title").asText()).isEqualTo("Proc Daemon");
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(dashboard.has("id")).isFalse();
        Set<String> variables = new HashSet<>();
        dashboard.path("templating").path("list").forEach(variable -> variables.add(variable.path("name").asText()));
        assertThat(variables).containsExactlyInAnyOrder("datasource", "job", "instance", "subsystem");
        Set<String> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
            assertThat(title).isNotBlank();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).as(title).isBetween(1, 24);
            for (int x = place.path("x").asInt(); x < place.path("x").asInt() + place.path("w").asInt(); x++) {
                for (int y = place.path("y").asInt(); y < place.path("y").asInt() + place.path("h").asInt(); y++) {
                    assertThat(cells.add(x + "," + y)).as(title + " overlaps another panel").isTrue();
                }
            }
            if (!panel.path("type").asText().equals("row")) {
                assertThat(panel.path("targets")).as(title).isNotEmpty().allSatisfy(target -> {
                    assertThat(target.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                    assertThat(target.path("expr").asText()).contains("job=~\"$job\"");
                    variables(target.path("expr").asText())
                            .forEach(used -> assertThat(variables).as(title).contains(used));
                });
            }
        }
    }

    private static Stream<String> variables(String expression) {
        return Pattern.compile("\\$(\\w+)").matcher(expression).results().map(found -> found.group(1));
    }

    /** The output; fails if promtool finds fault. Skips the test where it is missing, except where it is required. */
    private static String run(String input, String... command) throws Exception {
        boolean present = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        assumeTrue(present || System.getProperty("promtool.required") != null,
                "promtool is missing; it is part of the package prometheus");
        Path file = Files.createTempFile("promtool", ".in");
        Path output = Files.createTempFile("promtool", ".out");
        Process process = new ProcessBuilder(command).directory(DOCS.getParent().toFile())
                .redirectInput(Files.writeString(file, input).toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output);
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            process.destroyForcibly();
            Files.delete(file);
            Files.delete(output);
        }
    }
}
