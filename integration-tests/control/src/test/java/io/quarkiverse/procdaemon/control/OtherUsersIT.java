package io.quarkiverse.procdaemon.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users other than that of the daemon, however many connections they open, keep it from nobody else. */
class OtherUsersIT {

    private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");

    @TempDir
    Path directory;

    @BeforeEach
    void onlyRootCanChangeTheUser() {
        assumeTrue(System.getProperty("user.name").equals("root"), "this test changes the user");
    }

    /** A crowd of the user nobody, with as many connections as it gets. */
    private Process crowd(Billing billing, int size, boolean sends) throws Exception {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        String name = Crowd.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(classes.resolve(name).getParent());
        try (InputStream code = Crowd.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(code, classes.resolve(name));
        }
        List<String> command = new ArrayList<>(AS_NOBODY);
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                        classes.toString(), Crowd.class.getName(), billing.socket.toString(), "" + size, "" + sends));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void assertRootIsServedBeside(Process crowd, String report, Billing billing) throws Exception {
        try (BufferedReader lines = crowd.inputReader()) {
            assertThat(lines.readLine()).isEqualTo(report);
            for (int i = 0; i < 20; i++) {
                assertThat(billing.curl("/v1/daemon")).contains("RUNNING");
            }
            assertThat(crowd.isAlive()).isTrue();
            crowd.getOutputStream().close();
            assertThat(crowd.waitFor(Billing.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            crowd.destroyForcibly();
        }
    }

    @Test
    void whoIsRefusedTakesNoPlace() throws Exception {
        try (Billing billing = Billing.up(directory, "-Dquarkus.proc-daemon.control.allowed-users=daemon")) {
            assertRootIsServedBeside(crowd(billing, 50, false), "connected 50, answered 200: 0, answered 503: 0", billing);
            assertThat(billing.log().lines().filter(line -> line.contains("The control socket refuses a connection")))
                    .hasSize(1).first().asString().contains("WARN", "The user nobody may not use this socket");
        }
    }

    @Test
    void whoIsAllowedLeavesPlacesToRootAndTheUserOfTheDaemon() throws Exception {
        try (Billing billing = Billing.up(directory, "-Dquarkus.proc-daemon.control.allowed-users=nobody")) {
            assertRootIsServedBeside(crowd(billing, 16, true), "connected 16, answered 200: 12, answered 503: 4", billing);
        }
    }

    @Test
    void whoIsAllowedGetsTheTextOfAThreadDumpButNoFile() throws Exception {
        try (Billing billing = Billing.up(directory, "-Dquarkus.proc-daemon.control.allowed-users=nobody")) {
            String[] answer = asNobody("curl", "-sS", "-X", "POST", "--unix-socket", billing.socket.toString(),
                    "http://d/v1/dump/threads").output().split("\n");
            assertThat(answer).hasSize(2);
            assertThat(answer[1]).startsWith("Only root and the user of the daemon can read this file; ");
            assertThat(Path.of(answer[0])).exists();
            assertThat(asNobody("cat", answer[0]).exitCode()).isNotZero();
            assertThat(asNobody("curl", "-sS", "-X", "POST", "--unix-socket", billing.socket.toString(),
                    "http://d/v1/dump/threads?content=true").output()).startsWith("Thread dump of billing, process ");
            assertThat(billing.curl("-X", "POST", "/v1/dump/threads").lines()).as("for the own user").hasSize(1);
        }
    }

    private static Billing.Result asNobody(String... command) throws Exception {
        List<String> all = new ArrayList<>(AS_NOBODY);
        all.addAll(List.of(command));
        return Billing.run(Map.of(), all.toArray(String[]::new));
    }
}
