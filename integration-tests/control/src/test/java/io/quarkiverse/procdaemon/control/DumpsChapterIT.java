package io.quarkiverse.procdaemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the chapter "Dumps and recordings", in its order, with the variables that it uses. */
class DumpsChapterIT {

    private static final Path DOCS = Path.of("..", "..", "docs").toAbsolutePath().normalize();
    private static final Pattern CHAPTER = Pattern.compile("^## Dumps and recordings\n(.*?)(?=^## |\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String TOOLS = "set -e\ncurl() { command curl --fail --silent --show-error --max-time 60 \"$@\"; }\n";

    @TempDir
    Path directory;

    private static List<String> blocks() throws Exception {
        String chapter = CHAPTER.matcher(Files.readString(DOCS.resolve("operations.md"))).results()
                .map(found -> found.group(1)).findFirst().orElseThrow();
        return BLOCK.matcher(chapter).results().map((MatchResult found) -> found.group(1)).toList();
    }

    private List<Path> files(String pattern) throws Exception {
        Path dumps = directory.resolve("dumps");
        if (!Files.exists(dumps)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dumps)) {
            return files.filter(file -> file.getFileName().toString().matches(pattern)).toList();
        }
    }

    @Test
    void everyCommandWorks() throws Exception {
        Assumptions.assumeTrue(System.getProperty("control.program").endsWith(".jar"),
                "a native executable has to be built for some of them");
        List<String> blocks = blocks();
        assertThat(blocks).hasSize(3);
        try (Billing billing = Billing.up(directory)) {
            run(blocks.get(0), "PID", Long.toString(billing.pid()));
            billing.await("a thread dump", () -> files("billing-threads-.*\\.txt").size() == 1);
            billing.awaitLog("Wrote a thread dump to .*billing-threads-.*\\.txt");

            String answers = run(blocks.get(1), "XDG_RUNTIME_DIR", directory.toString());
            List<Path> written = List.of(only("billing-heap-.*\\.hprof"), only("billing-recording-.*\\.jfr"));
            assertThat(written).allSatisfy(file -> assertThat(answers).contains(file.toString()));
            assertThat(files("billing-threads-.*\\.txt")).hasSize(2)
                    .anySatisfy(file -> assertThat(answers).contains(file.toString()));

            assertThat(run(blocks.get(2), "RECORDING", only("billing-recording-.*\\.jfr").toString()))
                    .contains("jdk.CPULoad");
        }
    }

    /** Each dump has one line, no matter what asked for it. */
    @Test
    void eachFileIsNamedOnceInTheLog() throws Exception {
        Assumptions.assumeTrue(System.getProperty("control.program").endsWith(".jar"),
                "a native executable has to be built for some of them");
        try (Billing billing = Billing.up(directory)) {
            assertThat(billing.curl("-X", "POST", "/v1/dump/threads?content=true")).startsWith("Thread dump of billing")
                    .contains("\ningest: RUNNING", "\nPlatform threads (").endsWith("\n");
            billing.curl("-X", "POST", "/v1/dump/threads");
            billing.curl("-X", "POST", "/v1/dump/heap");
            billing.curl("-X", "POST", "/v1/recordings?duration=100ms");
            assertThat(billing.curl("-X", "POST", "/v1/recordings?duration=100ms&wait=false")).startsWith("Recording; the log");
            billing.await("all five", () -> files("billing-.*").size() == 5);
            for (Path file : files("billing-.*")) {
                billing.awaitLog(Pattern.quote(file.toString()));
                assertThat(billing.log().lines().filter(line -> line.contains(file.toString()))).hasSize(1).first().asString()
                        .contains("INFO", "Wrote ");
            }
            assertThat(billing.log()).containsPattern("Wrote a thread dump to \\S+ \\(control socket, user \\S+\\)");
        }
    }

    private Path only(String pattern) throws Exception {
        assertThat(files(pattern)).hasSize(1);
        return files(pattern).get(0);
    }

    private static String run(String block, String variable, String value) throws Exception {
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        Billing.Result result = Billing.run(Map.of(variable, value, "PATH", path), "sh", "-c", TOOLS + block);
        assertThat(result.exitCode()).as("%s%n%s", block, result.output()).isZero();
        return result.output();
    }
}
