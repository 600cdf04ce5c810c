package io.quarkiverse.procdaemon.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.process.AppHttp;
import io.quarkiverse.procdaemon.process.Systemd;

/** The relay as a service of a real systemd, by the unit that its build has generated; its outbox is in a file. */
class SystemdIT {

    private static final String UNIT = "outbox-relay.service";
    private static final Pattern HTTP = Pattern.compile("Listening on: http://.*:(\\d+)");

    @TempDir
    Path directory;

    @Test
    void itRunsByTheGeneratedUnit() throws Exception {
        Path program = Path.of(System.getProperty("relay.program")).toAbsolutePath();
        Path application = program.getParent();
        Path units = (program.toString().endsWith(".jar") ? application.getParent() : application).resolve("proc-daemon");
        try (Systemd systemd = new Systemd(directory).app("/opt/outbox-relay", application).unit(units.resolve(UNIT));
                Sink sink = new Sink()) {
            Files.writeString(systemd.defaults("outbox-relay"),
                    "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1\nQUARKUS_HTTP_PORT=0\n"
                            + "RELAY_SINK=" + sink.address() + "\nRELAY_POLL_INTERVAL=10ms\n");
            systemd.boot();
            assertThat(systemd.run("systemd-analyze", "verify", "/run/test/units/" + UNIT))
                    .isEqualTo(new Systemd.Result(0, ""));
            systemd.ok("systemctl", "start", UNIT);
            assertThat(systemd.show(UNIT, "StatusText")).startsWith("Running, ");
            http(systemd, 1).post("/outbox", "one");
            sink.awaitLines(1);

            systemd.ok("systemctl", "kill", "--signal=KILL", UNIT);
            systemd.await(UNIT, "NRestarts", "1");
            systemd.await(UNIT, "ActiveState", "active");
            http(systemd, 2).post("/outbox", "two");
            sink.awaitLines(2);

            systemd.ok("systemctl", "stop", UNIT);
            assertThat(systemd.show(UNIT, "ActiveState")).as("not failed").isEqualTo("inactive");
            assertThat(systemd.log(UNIT)).contains("signal TERM (exit code 143)");
        }
    }

    /** Of the run with that number. */
    private static AppHttp http(Systemd systemd, int run) throws IOException {
        await("HTTP of run " + run).atMost(Duration.ofSeconds(60)).until(() -> matches(systemd).results().count() == run);
        MatchResult last = matches(systemd).results().reduce((earlier, later) -> later).orElseThrow();
        return new AppHttp(Integer.parseInt(last.group(1)));
    }

    private static Matcher matches(Systemd systemd) {
        return HTTP.matcher(systemd.log(UNIT));
    }
}
