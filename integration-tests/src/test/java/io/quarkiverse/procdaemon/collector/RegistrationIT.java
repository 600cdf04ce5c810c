package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subsystems registered through the API while the process runs. */
@Execution(ExecutionMode.SAME_THREAD)
class RegistrationIT {

    private static final String SUBSYSTEMS = "/test-hooks/subsystems/";

    @TempDir
    static Path directory;

    private static DaemonProcess daemon;
    private static DaemonHttp http;

    @BeforeAll
    static void start() throws IOException {
        daemon = DaemonProcess.on(directory.resolve("lines.log")).withHooks().up();
        http = daemon.http();
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    @Test
    void itRunsIsSeenAndGoes() {
        http.register("partition-1", "journal");

        assertThat(http.subsystem("partition-1").getString("state")).isEqualTo("RUNNING");
        assertThat(http.readiness("partition-1").isUp()).isTrue();
        daemon.awaitLog("\\[HookRoutes] partition-1 opens");
        daemon.awaitLog("\\[HookRoutes] partition-1 works in run 1");
        assertRefused("DELETE", "journal", "PD-4008: subsystem 'journal' cannot be unregistered because others depend on it:"
                + " ingest, tally, partition-1; unregister those first");

        assertThat(http.send("DELETE", SUBSYSTEMS + "partition-1").statusCode()).isEqualTo(200);
        assertThat(http.subsystem("partition-1")).isNull();
        assertThat(http.readiness("partition-1").status()).isEqualTo("NONE");
        daemon.awaitLog("\\[HookRoutes] partition-1 closes");
        daemon.awaitLog("partition-1#1 STOPPING -> STOPPED");
        assertThat(daemon.storyOf("partition-1")).containsExactly(
                "INFO partition-1#1 STARTING -> RUNNING (took T)",
                "INFO partition-1#1 RUNNING -> STOPPING: stopped through the API",
                "INFO partition-1#1 STOPPING -> STOPPED (took T)");
        assertRefused("DELETE", "partition-1",
                "PD-4001: there is no subsystem 'partition-1'; known subsystems: journal, ingest, tally");

        http.register("partition-1", "ingest");
        assertThat(http.subsystem("partition-1").getInteger("generation")).isEqualTo(1);
        assertThat(http.send("DELETE", SUBSYSTEMS + "partition-1").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "late?depends-on=jornal | 'late' has a problem | subsystem 'late' depends on 'jornal', which does not exist;"
                    + " known subsystems: ingest, journal, tally",
            "ingest | 'ingest' has a problem | there are two subsystems named 'ingest'; give one of them another name",
            "a%20b | 'a b' has a problem | the name 'a b' is not legal; use letters, digits, '-', '_' and '.'",
            "me?depends-on=me | 'me' has a problem | the dependencies form a cycle: me -> me; remove one of these dependencies" })
    void whatCannotBeIsRefused(String path, String whose, String problem) {
        assertRefused("PUT", path, "PD-1001: the registration of " + whose + ":\n  - " + problem);
    }

    @Test
    void allProblemsAreSaidAtOnce() {
        assertRefused("PUT", "tally%21?depends-on=jornal&depends-on=journal", "PD-1001: the registration of 'tally!' has 2"
                + " problems:\n  - the name 'tally!' is not legal; use letters, digits, '-', '_' and '.'"
                + "\n  - subsystem 'tally!' depends on 'jornal', which does not exist; known subsystems: ingest, journal, tally");
    }

    private static void assertRefused(String method, String path, String message) {
        HttpResponse<String> refused = http.send(method, SUBSYSTEMS + path);
        assertThat(refused.body()).isEqualTo(message);
        assertThat(refused.statusCode()).isEqualTo(409);
    }
}
