package io.quarkiverse.procdaemon.runtime.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/**
 * Who holds a lock, as its file says. The file is for people too: a line for each component, {@code pid: 4711}.
 *
 * @param daemon the name of the daemon
 * @param pid its process ID, as it sees it itself
 * @param namespace that in which the ID counts; empty if unknown
 * @param since when the process started
 * @param host empty if unknown
 * @param command without arguments, which may hold secrets; empty if unknown
 */
record Holder(String daemon, String pid, String namespace, String since, String host, String command) {

    /** What the content of a lock file begins with. */
    static final String HEADER = "# The instance lock of a daemon. Do not delete it, also while no daemon runs.\n";

    private static final int LONGEST = 200;
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    static Holder self(String daemon) {
        ProcessHandle process = ProcessHandle.current();
        return new Holder(plain(daemon), Long.toString(process.pid()), OwnProcess.namespace(),
                OwnProcess.start().toString(), plain(OwnProcess.firstLine(HOST)), plain(OwnProcess.command()));
    }

    private static String plain(String text) {
        return PlainText.cut(PlainText.escape(text.strip()), LONGEST);
    }

    String toFile() {
        return HEADER + "daemon: " + daemon + "\npid: " + pid + "\nnamespace: " + namespace + "\nsince: " + since + "\nhost: "
                + host + "\ncommand: " + command + "\n";
    }

    /** Empty if the file does not say: it is written after the lock is taken. */
    static Optional<Holder> fromFile(String content) {
        if (!content.startsWith(HEADER)) {
            return Optional.empty();
        }
        Map<String, String> lines = new HashMap<>();
        for (String line : content.split("\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                lines.put(line.substring(0, colon), plain(line.substring(colon + 2)));
            }
        }
        Holder holder = new Holder(lines.getOrDefault("daemon", ""), lines.getOrDefault("pid", ""),
                lines.getOrDefault("namespace", ""), lines.getOrDefault("since", ""), lines.getOrDefault("host", ""),
                lines.getOrDefault("command", ""));
        return holder.daemon().isEmpty() || holder.pid().isEmpty() ? Optional.empty() : Optional.of(holder);
    }

    /** In words: {@code line-collector, process 4711 on web-1 since 2026-01-02T03:04:05Z (java -jar quarkus-run.jar)}. */
    String text() {
        StringBuilder text = new StringBuilder(daemon).append(", process ").append(pid);
        if (!namespace.isEmpty() && !namespace.equals(OwnProcess.namespace())) {
            text.append(" of another PID namespace, such as that of a container,");
        }
        if (!host.isEmpty()) {
            text.append(" on ").append(host);
        }
        if (!since.isEmpty()) {
            text.append(", started at ").append(since);
        }
        return command.isEmpty() ? text.toString() : text.append(" (").append(command).append(')').toString();
    }
}
