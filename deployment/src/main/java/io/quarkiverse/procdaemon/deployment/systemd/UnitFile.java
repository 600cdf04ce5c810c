package io.quarkiverse.procdaemon.deployment.systemd;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.deployment.validation.ShutdownBudgetBuildItem;
import io.quarkiverse.procdaemon.runtime.config.SystemdBuildTimeConfig.UnitType;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The text of a unit file for a daemon. */
final class UnitFile {

    static final String KEY = "quarkus.proc-daemon.systemd.unit.directives.";

    /** For the JVM, Quarkus and the rest of the application. */
    private static final Duration APPLICATION = Duration.ofSeconds(60);
    private static final Pattern DIRECTIVE = Pattern.compile("(?:(Unit|Service|Install)\\.)?([A-Z][A-Za-z0-9]*)");

    private final Map<String, Map<String, String>> replaced = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private String section = "";

    /**
     * What the build knows.
     *
     * @param name of the daemon
     * @param command what starts it
     * @param user who it runs as; empty: one that systemd allocates
     * @param reloads whether it reloads its configuration on the signal HUP
     * @param start how long its subsystems may take to start, one after the other
     * @param directives those of the user, by their names
     */
    record Facts(String name, List<String> command, UnitType type, Optional<String> user, boolean reloads,
            Duration start, ShutdownBudgetBuildItem budget, Map<String, String> directives) {

        /** The name of the unit, and of its directories. */
        String unit() {
            return UnitValue.name(name);
        }
    }

    private UnitFile(Map<String, String> directives) {
        for (String section : List.of("Unit", "Service", "Install")) {
            replaced.put(section, new TreeMap<>());
        }
        directives.forEach(this::replace);
    }

    private void replace(String name, String value) {
        Matcher directive = DIRECTIVE.matcher(name);
        if (!directive.matches()) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIGURATION + ": " + KEY + '"' + name
                    + "\": this is no name of a directive; write it as in a unit"
                    + " file, such as Nice, or with its section, such as Unit.After");
        }
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new ConfigurationException(ErrorCode.INVALID_CONFIGURATION + ": " + KEY + '"' + name
                    + "\": the value has more than one line, which a unit file would"
                    + " read as several directives; write it on one line");
        }
        replaced.get(Optional.ofNullable(directive.group(1)).orElse("Service")).put(directive.group(2), value);
    }

    /** @throws ConfigurationException if a directive of the user is none */
    static String of(Facts facts) {
        return new UnitFile(facts.directives()).write(facts);
    }

    private String write(Facts facts) {
        String name = facts.unit();
        comment("Generated with each build: change it by quarkus.proc-daemon.systemd.unit, or by a drop-in beside it");
        comment("(systemctl edit " + name + "). It expects the application in /opt/" + name + ".");
        begin("Unit");
        put("Description", UnitValue.text(facts.name()));
        put("Wants", "network-online.target");
        put("After", "network-online.target");
        begin("Service");
        process(facts);
        timeouts(facts);
        files(name, facts.user());
        sandbox();
        begin("Install");
        put("WantedBy", "multi-user.target");
        begin("");
        return text.toString();
    }

    private void process(Facts facts) {
        put("Type", facts.type() == UnitType.NOTIFY ? "notify" : "notify-reload");
        comment("On a JVM before 22 without Netty's native transport, a child process sends the messages. Otherwise main would do.");
        put("NotifyAccess", "all");
        put("ExecStart", String.join(" ", facts.command().stream().map(UnitValue::word).toList()));
        if (facts.type() == UnitType.NOTIFY && facts.reloads()) {
            comment("The second command gives the daemon time to say that it reloads; then systemctl reload waits for the end.");
            put("ExecReload", "/bin/kill -HUP $MAINPID", "/bin/sleep 1");
        }
        comment("Variables for the daemon, one NAME=VALUE a line, such as JAVA_TOOL_OPTIONS or QUARKUS_HTTP_PORT.");
        put("EnvironmentFile", "-/etc/default/" + facts.unit());
        comment("The exit codes after the signals TERM and INT.");
        put("SuccessExitStatus", "143 130");
        put("Restart", "on-failure");
        comment("The exit code for a wrong configuration, which another attempt would not change.");
        put("RestartPreventExitStatus", "78");
        put("RestartSec", "2");
    }

    private void timeouts(Facts facts) {
        comment(Durations.text(facts.start()) + " (start-timeout along the longest chain of dependencies) + "
                + Durations.text(APPLICATION) + " (application). The daemon asks for more when it");
        comment("restarts what has failed to start.");
        put("TimeoutStartSec", Long.toString(Durations.sum(facts.start(), APPLICATION).plusNanos(999_999_999).toSeconds()));
        comment(facts.budget().explanation());
        put("TimeoutStopSec", Long.toString(facts.budget().budget().seconds()));
        comment("Twice in this time the daemon says that it is alive, unless its event loop has hung for 10s or a critical");
        comment("subsystem has hung for good.");
        put("WatchdogSec", "30");
    }

    private void files(String name, Optional<String> user) {
        if (user.isPresent()) {
            put("User", UnitValue.text(user.get()));
        } else {
            put("DynamicUser", "yes");
        }
        comment("/run/" + name + ", /var/lib/" + name + " (also the working directory) and /var/log/" + name
                + "; nothing else can be written.");
        put("RuntimeDirectory", name);
        put("StateDirectory", name);
        put("LogsDirectory", name);
        put("WorkingDirectory", "%S/" + name);
    }

    /** What a JVM does without. It cannot do without memory that is writable and executable. */
    private void sandbox() {
        put("ProtectSystem", "strict");
        for (String directive : List.of("ProtectHome", "PrivateTmp", "PrivateDevices", "ProtectClock", "ProtectHostname",
                "ProtectControlGroups", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables", "NoNewPrivileges",
                "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "LockPersonality")) {
            put(directive, "yes");
        }
        put("RestrictAddressFamilies", "AF_UNIX AF_INET AF_INET6 AF_NETLINK");
        put("SystemCallArchitectures", "native");
        comment("For a port below 1024 add CAP_NET_BIND_SERVICE here and in AmbientCapabilities.");
        put("CapabilityBoundingSet", "");
    }

    /** Ends a section with the directives of the user that replace nothing. */
    private void begin(String next) {
        Map<String, String> left = replaced.getOrDefault(section, Map.of());
        left.forEach(this::line);
        if (!next.isEmpty()) {
            section = next;
            text.append(text.isEmpty() ? "[" : "\n[").append(next).append("]\n");
        }
    }

    private void comment(String comment) {
        text.append("# ").append(comment).append('\n');
    }

    private void put(String directive, String... values) {
        String users = replaced.get(section).remove(directive);
        if (users != null) {
            line(directive, users);
            return;
        }
        for (String value : values) {
            line(directive, value);
        }
    }

    private void line(String directive, String value) {
        text.append(directive).append('=').append(value).append('\n');
    }
}
