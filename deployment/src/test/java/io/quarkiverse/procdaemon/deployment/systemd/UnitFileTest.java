package io.quarkiverse.procdaemon.deployment.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.deployment.validation.ShutdownBudgetBuildItem;
import io.quarkiverse.procdaemon.runtime.config.SystemdBuildTimeConfig.UnitType;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkus.runtime.configuration.ConfigurationException;

/** What is in the generated unit file. That systemd understands it is for the integration tests. */
@Tag("any-jdk")
class UnitFileTest {

    private static String unit(String name, UnitType type, String user, boolean reloads, Map<String, String> directives) {
        return UnitFile.of(new UnitFile.Facts(name, List.of("/usr/bin/java", "-jar", "/opt/app/quarkus-run.jar"), type,
                Optional.ofNullable(user), reloads, Duration.ofMillis(70_500),
                new ShutdownBudgetBuildItem(new ShutdownBudget(Duration.ofSeconds(5),
                        Duration.ZERO, Duration.ofSeconds(15)), List.of()),
                directives));
    }

    private static String unit(Map<String, String> directives) {
        return unit("app", UnitType.NOTIFY, null, true, directives);
    }

    @Test
    void theNumbersAreThoseOfTheConfiguration() {
        assertThat(unit(Map.of())).contains("""
                # 5s (quarkus.shutdown.delay) + 15s (quarkus.proc-daemon.shutdown.kill-timeout) + 5s (margin) = 25s
                TimeoutStopSec=25
                """,
                """
                        # 1m10.500s (start-timeout along the longest chain of dependencies) + 1m (application). The daemon asks for more when it
                        # restarts what has failed to start.
                        TimeoutStartSec=131
                        """);
    }

    @Test
    void aReloadIsASignalAndAMomentToAnswer() {
        assertThat(unit(Map.of())).contains("Type=notify\n", "\nExecReload=/bin/kill -HUP $MAINPID\nExecReload=/bin/sleep 1\n");
        assertThat(unit("app", UnitType.NOTIFY, null, false, Map.of())).doesNotContain("ExecReload");
        assertThat(unit("app", UnitType.NOTIFY_RELOAD, null, true, Map.of())).contains("Type=notify-reload\n")
                .doesNotContain("ExecReload");
    }

    @Test
    void whatFailsIsStartedAgainUnlessTheConfigurationIsWrong() {
        assertThat(unit(Map.of())).contains("""
                # The exit codes after the signals TERM and INT.
                SuccessExitStatus=143 130
                Restart=on-failure
                # The exit code for a wrong configuration, which another attempt would not change.
                RestartPreventExitStatus=78
                RestartSec=2
                """);
    }

    /** Each directive matters, also those that no other test is about. */
    @Test
    void theWholeService() {
        assertThat(unit(Map.of()).lines().filter(line -> !line.startsWith("#"))).containsExactly(
                "", "[Unit]", "Description=app", "Wants=network-online.target", "After=network-online.target", "",
                "[Service]", "Type=notify", "NotifyAccess=all", "ExecStart=/usr/bin/java -jar /opt/app/quarkus-run.jar",
                "ExecReload=/bin/kill -HUP $MAINPID", "ExecReload=/bin/sleep 1", "EnvironmentFile=-/etc/default/app",
                "SuccessExitStatus=143 130", "Restart=on-failure", "RestartPreventExitStatus=78", "RestartSec=2",
                "TimeoutStartSec=131", "TimeoutStopSec=25", "WatchdogSec=30", "DynamicUser=yes", "RuntimeDirectory=app",
                "StateDirectory=app", "LogsDirectory=app", "WorkingDirectory=%S/app", "ProtectSystem=strict",
                "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "ProtectClock=yes", "ProtectHostname=yes",
                "ProtectControlGroups=yes", "ProtectKernelLogs=yes", "ProtectKernelModules=yes",
                "ProtectKernelTunables=yes", "NoNewPrivileges=yes", "RestrictNamespaces=yes", "RestrictRealtime=yes",
                "RestrictSUIDSGID=yes", "LockPersonality=yes",
                "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK", "SystemCallArchitectures=native",
                "CapabilityBoundingSet=", "", "[Install]", "WantedBy=multi-user.target");
    }

    @Test
    void whatTheCommandAndTheUserAreCalledDoesNotSpeakToSystemd() {
        UnitFile.Facts facts = new UnitFile.Facts("app", List.of("/opt/a b/run", "50%"), UnitType.NOTIFY,
                Optional.of("%u\r\u007fx"), true, Duration.ZERO, new ShutdownBudgetBuildItem(
                        new ShutdownBudget(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(15)), List.of()),
                Map.of());
        assertThat(UnitFile.of(facts)).contains("\nExecStart=\"/opt/a b/run\" 50%%\n", "\nUser=%%u  x\n");
    }

    @ParameterizedTest
    @CsvSource({ "a.b_c-1:2, a.b_c-1:2", ".hidden, -hidden", "..up, -.up", "app@1, app-1", "a/b, a-b" })
    void theNameOfTheUnitIsOneThatSystemdAndAFileSystemTake(String name, String written) {
        assertThat(UnitValue.name(name)).isEqualTo(written);
    }

    /** Without one that replaces anything in the last section. */
    @Test
    void aDirectiveCanBeAddedToTheLastSection() {
        assertThat(unit(Map.of("Install.Alias", "lines.service")))
                .endsWith("WantedBy=multi-user.target\nAlias=lines.service\n");
    }

    @Test
    void theUserIsOneThatExistsOrOneThatSystemdAllocates() {
        assertThat(unit(Map.of())).contains("\nDynamicUser=yes\n").doesNotContain("\nUser=");
        assertThat(unit("app", UnitType.NOTIFY, "collector", true, Map.of())).contains("\nUser=collector\n")
                .doesNotContain("DynamicUser");
    }

    @Test
    void directivesReplaceTheGeneratedOnesOrAreAddedToTheirSection() {
        String unit = unit(
                Map.of("Nice", "5", "WatchdogSec", "3", "ExecReload", "/bin/true", "Unit.After", "postgresql.service",
                        "Unit.Documentation", "man:app(8)", "Install.WantedBy", "graphical.target"));
        assertThat(unit).containsOnlyOnce("WatchdogSec=").contains("\nWatchdogSec=3\n", "\nExecReload=/bin/true\n")
                .containsOnlyOnce("\nExecReload").containsOnlyOnce("After=").containsOnlyOnce("WantedBy=");
        assertThat(unit).containsSubsequence("[Unit]\n", "\nAfter=postgresql.service\n", "Documentation=man:app(8)\n",
                "[Service]\n", "\nNice=5\n", "[Install]\n", "WantedBy=graphical.target\n");
    }

    @Test
    void whatIsInANameDoesNotSpeakToSystemd() {
        String unit = unit("50% of \"all\"\nUser=root", UnitType.NOTIFY, null, true, Map.of());
        assertThat(unit).contains("\nDescription=50%% of \"all\" User=root\n", "\nStateDirectory=50--of--all--User-root\n")
                .doesNotContain("\nUser=root");
    }

    @ParameterizedTest
    @CsvSource({ "/opt/a-b/run.jar, /opt/a-b/run.jar", "-Dx=1, -Dx=1", "a b, \"a b\"", "50%, 50%%", "$HOME, \"$$HOME\"",
            "say \"x\\y\", \"say \\\"x\\\\y\\\"\"" })
    void wordsOfACommandAreTakenAsTheyAre(String word, String written) {
        assertThat(UnitValue.word(word)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = { "nice", "Nice=5\nUser", "Socket.ListenStream", "X.Unit.After", "" })
    void whatIsNoDirectiveIsRefused(String name) {
        assertThatThrownBy(() -> unit(Map.of(name, "1"))).isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "PD-1002: quarkus.proc-daemon.systemd.unit.directives.\"" + name
                                + "\": this is no name of a directive; write it"
                                + " as in a unit file, such as Nice, or with its section, such as Unit.After");
    }

    @ParameterizedTest
    @ValueSource(strings = { "5\nUser=root", "5\rUser=root" })
    void aValueIsOneLine(String value) {
        assertThatThrownBy(() -> unit(Map.of("Nice", value))).isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "PD-1002: quarkus.proc-daemon.systemd.unit.directives.\"Nice\": the value has more than one line, which a unit"
                                + " file would read as several directives; write it on one line");
    }
}
