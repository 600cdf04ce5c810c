package io.quarkiverse.procdaemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of the chapter "The control socket", in its order. */
class ChapterIT {

    private static final Path DOCS = Path.of("..", "..", "docs").toAbsolutePath().normalize();
    private static final Pattern CHAPTER = Pattern.compile("^## The control socket\n(.*?)(?=^## |\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    /** A stream ends when its time is up; what people watch is looked at once. */
    private static final String TOOLS = "set -e\nwatch() { eval \"$*\"; }\n"
            + "curl() { command curl --fail --max-time 15 \"$@\" || [ $? = 28 ]; }\n";

    @TempDir
    Path directory;

    private static List<String> blocks() throws Exception {
        String chapter = CHAPTER.matcher(Files.readString(DOCS.resolve("operations.md"))).results()
                .map(found -> found.group(1)).findFirst().orElseThrow();
        return BLOCK.matcher(chapter).results().map((MatchResult found) -> found.group(1)).toList();
    }

    @Test
    void everyCommandWorks() throws Exception {
        assertThat(blocks()).hasSizeGreaterThan(5);
        try (Billing billing = Billing.up(directory)) {
            Map<String, String> session = Map.of("XDG_RUNTIME_DIR", directory.toString(), "PATH",
                    DOCS + ":" + System.getenv("PATH"));
            for (String block : blocks()) {
                Billing.Result result = Billing.run(session, "sh", "-c", TOOLS + block);
                assertThat(result.exitCode()).as("%s%n%s", block, result.output()).isZero();
                System.out.println(block + result.output());
            }
            assertThat(billing.awaitExit()).isZero();
        }
    }

    private Billing.Result daemonctl(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = DOCS.resolve("daemonctl").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Billing.run(Map.of("DAEMON_SOCKET", directory.resolve("billing.sock").toString()), command);
    }

    @Test
    void theScript() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            assertThat(daemonctl().output()).contains("/v1/subsystems/NAME/restart?wait");
            assertThat(daemonctl("subsystems").output()).containsPattern("ingest +RUNNING");
            assertThat(daemonctl("-j", "GET", "/v1/subsystems/ingest").output()).contains("\"state\":\"RUNNING\"");
            assertThat(daemonctl("PUT", "log-levels/org.acme", "WARN").output()).isEqualTo("org.acme WARN\n");
            assertThat(daemonctl("POST", "subsystems/ingest/restart")).satisfies(
                    restart -> assertThat(restart.exitCode()).isZero());
            Billing.Result refused = daemonctl("POST", "subsystems/ingst/stop");
            assertThat(refused.exitCode()).isEqualTo(22);
            assertThat(refused.output()).contains("PD-4001").contains("known subsystems: journal, ingest");
            billing.kill();
            assertThat(daemonctl("daemon").exitCode()).isEqualTo(7);
        }
    }

    private Billing.Result withoutSocket(String argument) throws Exception {
        return Billing.run(Map.of("XDG_RUNTIME_DIR", directory.toString()), "sh", "-c",
                "unset DAEMON_SOCKET; exec \"$@\"", "sh", DOCS.resolve("daemonctl").toString(), argument);
    }

    @Test
    void theScriptFindsTheOnlySocket() throws Exception {
        Files.createFile(directory.resolve("other.sock.lock"));
        assertThat(withoutSocket("daemon")).isEqualTo(new Billing.Result(2, "daemonctl: there is no control socket; set "
                + "DAEMON_SOCKET to its path\n" + withoutSocket("-h").output()));
        try (Billing billing = Billing.up(directory)) {
            assertThat(withoutSocket("subsystems").output()).containsPattern("ingest +RUNNING");
            Path second = Files.createDirectory(directory.resolve("second"));
            try (Billing other = Billing.start(second, Map.of("XDG_RUNTIME_DIR", directory.toString()),
                    "-Dquarkus.proc-daemon.name=other")) {
                other.awaitLog("The control socket is ");
                Billing.Result several = withoutSocket("subsystems");
                assertThat(several.exitCode()).isEqualTo(2);
                assertThat(several.output()).startsWith("daemonctl: there are several sockets, such as " + billing.socket
                        + " and "
                        + directory.resolve("other.sock") + "; set DAEMON_SOCKET to one of them\nusage: daemonctl [-j]");
            }
        }
    }

    @Test
    void theScriptIsShortAndForAnyShell() throws Exception {
        assertThat(Files.readAllLines(DOCS.resolve("daemonctl"))).hasSizeLessThanOrEqualTo(24).first().isEqualTo("#!/bin/sh");
        assertThat(withoutSocket("-h").output()).startsWith("usage: daemonctl [-j] [METHOD] [PATH [BODY]]")
                .contains("The socket is DAEMON_SOCKET, or the only one in $XDG_RUNTIME_DIR and the directories of /run.");
    }
}
