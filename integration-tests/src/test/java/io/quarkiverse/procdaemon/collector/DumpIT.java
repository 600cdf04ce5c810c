package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.vertx.core.json.JsonObject;
import jdk.jfr.consumer.RecordingFile;

/** Dumps and recordings of the process, taken through the API. A native executable may have been built without some. */
class DumpIT {

    private static final String TIME = "\\d{8}T\\d{6}\\.\\d{3}Z";
    private static final boolean NATIVE = !System.getProperty("collector.program").endsWith(".jar");

    @TempDir
    Path directory;

    private Path dumps() {
        return directory.resolve("dumps");
    }

    private DaemonProcess.Launch launch() {
        return DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .with("quarkus.proc-daemon.dump.directory", dumps().toString());
    }

    private static HttpResponse<String> post(DaemonProcess daemon, String path) {
        return daemon.http().send("POST", "/test-hooks/" + path);
    }

    /** A file, or a refusal of a native executable. */
    private static boolean isThere(HttpResponse<String> response, String refusal) {
        if (NATIVE && response.statusCode() == 409) {
            assertThat(response.body()).isEqualTo(refusal);
            return false;
        }
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return true;
    }

    private static void isOfItsOwnerOnly(Path file) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
    }

    private static List<Path> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void aThreadDumpShowsWhereABodyHangs() throws Exception {
        try (DaemonProcess daemon = launch().withFault("serve", "HOLD_LOCK").up()) {
            Preparation.awaitMet(daemon, "serve=HOLD_LOCK");
            HttpResponse<String> response = post(daemon, "dump/threads");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            Path dump = Path.of(response.body());
            assertThat(dump.getParent()).isEqualTo(dumps());
            assertThat(dump.getFileName().toString()).matches("line-collector-threads-" + TIME + "-" + daemon.pid() + "\\.txt");
            isOfItsOwnerOnly(dump);
            assertThat(dump).content().startsWith("Thread dump of line-collector, process " + daemon.pid() + ", at ")
                    .contains("The daemon is RUNNING. Subsystems: ").containsPattern("\njournal: RUNNING for ")
                    .containsPattern("\ningest: RUNNING for .*\n    depends on journal\n(    .*\n)*"
                            + "    in its body for \\S+, thread \"ingest\" \\S+\n        at ")
                    .containsPattern("\n\"proc-daemon-loop\"");
            daemon.awaitLog("DEBUG .*Wrote the thread dump " + dump);
        }
    }

    @Test
    void whereTheServiceManagerSays() throws Exception {
        Path logs = directory.resolve("logs");
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .through("env", "LOGS_DIRECTORY=" + logs + ":/nowhere", "STATE_DIRECTORY=/nowhere").up()) {
            assertThat(Path.of(post(daemon, "dump/threads").body()).getParent()).isEqualTo(logs);
        }
    }

    @Test
    void elsewhereInADirectoryOfTheUsersOwn() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        try (DaemonProcess daemon = DaemonProcess.on(directory.resolve("lines.log")).withHooks()
                .through("env", "-u", "LOGS_DIRECTORY", "-u", "STATE_DIRECTORY").with("java.io.tmpdir", temporary.toString())
                .up()) {
            Path dump = Path.of(post(daemon, "dump/threads").body());
            assertThat(dump.getParent()).isEqualTo(temporary.resolve("proc-daemon-" + System.getProperty("user.name")));
            isOfItsOwnerOnly(dump);
        }
    }

    @Test
    void aHeapDumpThatDoesNotFitLeavesNothing() throws Exception {
        String refusal = "This native executable cannot write heap dumps; build it with quarkus.native.monitoring=heapdump";
        try (DaemonProcess daemon = launch().up()) {
            daemon.limitFiles("262144");
            HttpResponse<String> full = post(daemon, "dump/heap");
            assertThat(full.statusCode()).isEqualTo(409);
            if (!full.body().equals(refusal)) {
                assertThat(full.body()).startsWith("The heap dump cannot be written to " + dumps() + ": ")
                        .endsWith(" quarkus.proc-daemon.dump.directory to another directory");
            }
            assertThat(in(dumps())).isEmpty();

            daemon.limitFiles("unlimited");
            HttpResponse<String> response = post(daemon, "dump/heap");
            if (isThere(response, refusal)) {
                Path dump = Path.of(response.body());
                assertThat(dump.getFileName().toString())
                        .matches("line-collector-heap-" + TIME + "-" + daemon.pid() + "\\.hprof");
                isOfItsOwnerOnly(dump);
                try (var in = Files.newInputStream(dump)) {
                    assertThat(new String(in.readNBytes(12))).isEqualTo("JAVA PROFILE");
                }
                assertThat(in(dumps())).containsExactly(dump);
            }
        }
    }

    @Test
    void aRecordingThatTheEndOfTheProcessEnds() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            HttpResponse<String> begun = post(daemon, "recordings?duration=PT1H&settings=profile&wait=false");
            if (isThere(begun, "This native executable cannot record; build it with quarkus.native.monitoring=jfr")) {
                daemon.terminate();
                assertThat(daemon.awaitExit()).isEqualTo(143);
                assertThat(in(dumps())).singleElement().satisfies(recording -> {
                    assertThat(recording.getFileName().toString())
                            .matches("line-collector-recording-" + TIME + "-" + daemon.pid() + "\\.jfr");
                    isOfItsOwnerOnly(recording);
                    assertThat(RecordingFile.readAllEvents(recording)).isNotEmpty();
                });
            }
        }
    }

    @Test
    void aRecordingOfAMoment() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            HttpResponse<String> response = post(daemon, "recordings?duration=PT0.5S&settings=default");
            if (isThere(response, "This native executable cannot record; build it with quarkus.native.monitoring=jfr")) {
                assertThat(RecordingFile.readAllEvents(Path.of(response.body()))).isNotEmpty();
                assertThat(post(daemon, "recordings?duration=PT1S&settings=fast").body())
                        .isEqualTo("There are no settings 'fast' for recordings; known settings: default, profile");
            }
        }
    }

    @Test
    void whatTheProcessUses() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            JsonObject usage = new JsonObject(daemon.http().send("GET", "/usage").body());
            assertThat(usage.fieldNames()).containsExactlyInAnyOrder("at", "heapUsed", "heapMax", "residentSet", "memoryLimit",
                    "cpuLoad", "threads", "openFiles", "maxOpenFiles");
            assertThat(usage.getLong("heapUsed")).isPositive();
            Path proc = Path.of("/proc", Long.toString(daemon.pid()));
            try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
                assertThat((long) usage.getInteger("threads")).isCloseTo(threads.count(),
                        Offset.offset(10L));
            }
            assertThat(usage.getLong("residentSet")).isGreaterThan(usage.getLong("heapUsed"));
            assertThat(usage.getLong("openFiles")).isBetween(5L, usage.getLong("maxOpenFiles"));
        }
    }
}
