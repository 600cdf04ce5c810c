package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.process.AppProcess;

/**
 * The packaged line collector as a process of its own: {@code java -jar} with the JVM of the test, or the native executable,
 * whichever the system property {@code collector.program} names. It listens on ports that the system picks. What it prints is
 * kept under {@code target/daemons}.
 */
final class DaemonProcess extends AppProcess {

    private DaemonProcess(Process process, Path output) {
        super(process, output);
    }

    static Launch on(Path journal) {
        return new Launch(journal);
    }

    /** What is started, and how. */
    static final class Launch {

        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> prefix = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private boolean unread;
        private boolean archive = true;

        private Launch(Path journal) {
            with("collector.journal", journal.toString());
            with("collector.port", "0");
            with("quarkus.http.port", "0");
            with("quarkus.log.category.\"io.quarkiverse.procdaemon\".level", "DEBUG");
        }

        Launch with(String property, String value) {
            properties.put(property, value);
            return this;
        }

        Launch without(String property) {
            properties.remove(property);
            return this;
        }

        /** With the hooks that make it fail. */
        Launch withHooks() {
            return with("collector.test-hooks.enabled", "true");
        }

        /** From its start on a method fails each time, in the way given. */
        Launch withFault(String method, String fault) {
            return with("collector.test-hooks.faults." + method, fault);
        }

        /** With a rule for one subsystem. */
        Launch withRule(String subsystem, String key, String value) {
            return with("quarkus.proc-daemon.subsystem." + subsystem + "." + key, value);
        }

        /** A command that executes the rest of its command line in its own place. */
        Launch through(String... command) {
            prefix.addAll(List.of(command));
            return this;
        }

        /** Options of the virtual machine that a native executable knows too, such as {@code -Xmx}. */
        Launch withVmOptions(String... all) {
            options.addAll(List.of(all));
            return this;
        }

        /** Without the tests' own {@link ClassArchive}, which excludes other caches. */
        Launch withoutClassArchive() {
            archive = false;
            return this;
        }

        /** What it prints goes into a pipe that nobody reads; its log is what it writes into a file. */
        Launch unread() {
            unread = true;
            return with("quarkus.log.file.enabled", "true").with("quarkus.log.file.rotation.rotate-on-boot", "false")
                    .with("quarkus.log.file.format", "%d{HH:mm:ss.SSS} %-5p [%c{1}] %s%e%n");
        }

        DaemonProcess start() throws IOException {
            Path output = newOutput();
            ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);
            if (unread) {
                with("quarkus.log.file.path", Files.createFile(output).toString());
            } else {
                builder.redirectOutput(output.toFile());
            }
            return new DaemonProcess(builder.command(command()).start(), output);
        }

        /** Starts only what it is to be started through, whose input {@link DaemonProcess#type} writes. */
        DaemonProcess typed() throws IOException {
            Path output = newOutput();
            return new DaemonProcess(
                    new ProcessBuilder(prefix).redirectErrorStream(true).redirectOutput(output.toFile()).start(),
                    output);
        }

        /** The rest of the command as a line for a shell. */
        String line() {
            List<String> command = command();
            return command.subList(prefix.size(), command.size()).stream().map(word -> "'" + word + "'")
                    .collect(Collectors.joining(" "));
        }

        private List<String> command() {
            String program = System.getProperty("collector.program");
            List<String> common = options("collector.vm-options").stream()
                    .filter(option -> archive || !option.startsWith(ClassArchive.OPTION)).toList();
            if (program.endsWith(".jar")) {
                ClassArchive.prepare(java(), common, Path.of(program));
            }
            List<String> command = new ArrayList<>(prefix);
            command.addAll(AppProcess.command(program, common, options, properties));
            return command;
        }

        /** Starts it and waits until it serves. */
        DaemonProcess up() throws IOException {
            DaemonProcess daemon = start();
            try {
                daemon.httpPort();
                return daemon;
            } catch (Throwable e) {
                daemon.close();
                throw e;
            }
        }
    }

    LineClient connect() throws IOException {
        return new LineClient(tcpPort());
    }

    /** The one that is or was listened on last. */
    int tcpPort() {
        String listening = "\\[Ingest] Listening on .*:(\\d+)";
        awaitLog(listening);
        return Pattern.compile(listening).matcher(log()).results().reduce((earlier, later) -> later)
                .map(found -> Integer.parseInt(found.group(1))).orElseThrow();
    }

    DaemonHttp http() {
        return new DaemonHttp(httpPort());
    }

    /** The {@link #wholeStoryOf} without what is said of its starts before it is RUNNING. */
    List<String> storyOf(String subsystem) {
        return wholeStoryOf(subsystem).stream().filter(line -> !line.startsWith("DEBUG") || line.contains("STOPPING")).toList();
    }

    /** What the log says of the life of a subsystem, with the time that anything took written as {@code T}. */
    List<String> wholeStoryOf(String subsystem) {
        return log().lines().map(Pattern.compile("^\\S+ (\\w+) +\\[procdaemon] (" + subsystem + "[# ].*)")::matcher)
                .filter(Matcher::find)
                .map(line -> line.group(1) + " "
                        + line.group(2).replaceAll("(took|after) [<.0-9]+m?s", "$1 T")
                                .replace(" [Error Occurred After Shutdown]", ""))
                .toList();
    }

    /** Asserts that it logged the stop of each subsystem, that of the journal last. */
    void assertStoppedInOrder() {
        assertThat(log()).containsSubsequence("ingest#1 RUNNING -> STOPPING", "ingest#1 STOPPING -> STOPPED",
                "journal#1 RUNNING -> STOPPING",
                "journal#1 STOPPING -> STOPPED");
        assertThat(log()).containsSubsequence("tally#1 RUNNING -> STOPPING", "tally#1 STOPPING -> STOPPED",
                "journal#1 RUNNING -> STOPPING");
        assertThat(log()).doesNotContain("WARN", "ERROR");
    }
}
