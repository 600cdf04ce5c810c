package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is switched off, as it is by default, costs nothing: no class of it, no thread, no descriptor, no file. */
class DefaultsIT {

    private static final boolean NATIVE = !System.getProperty("collector.program").endsWith(".jar");
    private static final String ROOMS = "io.quarkiverse.procdaemon.runtime.";
    private static final Pattern OFF = Pattern.compile(
            Pattern.quote(ROOMS)
                    + "((control|systemd|process|diagnostics|kubernetes)\\..*|resources\\.(SoftLimits|LimitWatch|LiveHeap).*"
                    + "|jfr\\.(?!JfrListener).*)");
    /** Of the JDK, what only those that are off need. Its FlightRecorder says whether there is a recording. */
    private static final Pattern UNUSED = Pattern.compile("(jdk\\.jfr\\.(?!FlightRecorder$)"
            + "|com\\.sun\\.management\\.internal|java\\.net\\.UnixDomainSocketAddress|sun\\.nio\\.ch\\.UnixDomain)"
            + ".*");
    /** As the kernel has their names, cut off after 15 characters. */
    private static final Set<String> THREADS = Set.of("proc-daemon-loo", "proc-daemon-wat");

    @TempDir
    Path directory;

    private Path work;
    private Path temporary;

    @BeforeEach
    void makeDirectories() throws IOException {
        work = Files.createDirectory(directory.resolve("work"));
        temporary = Files.createDirectory(directory.resolve("tmp"));
    }

    private DaemonProcess.Launch launch() {
        DaemonProcess.Launch launch = DaemonProcess.on(work.resolve("lines.log"))
                .through("env", "-u", "NOTIFY_SOCKET", "-u", "XDG_RUNTIME_DIR", "sh", "-c",
                        "cd '" + work + "' && exec \"$@\"", "sh")
                .with("java.io.tmpdir", temporary.toString()).withoutClassArchive();
        return NATIVE ? launch : launch.withVmOptions("-Xlog:class+load:file=" + classes(), "-XX:-UsePerfData");
    }

    private Path classes() {
        return directory.resolve("classes.txt");
    }

    /** What it does all day. */
    private static void use(DaemonProcess daemon) throws IOException {
        try (LineClient client = daemon.connect()) {
            assertThat(client.send("one\n").answer()).isEqualTo("OK 1");
        }
        assertThat(daemon.http().readiness("ingest").isUp()).isTrue();
        assertThat(daemon.http().send("GET", "/subsystems").statusCode()).isEqualTo(200);
    }

    @Test
    void noClassIsLoaded() throws Exception {
        Assumptions.assumeFalse(NATIVE, "a native executable loads nothing");
        try (DaemonProcess daemon = launch().up()) {
            use(daemon);
            daemon.awaitLog("Loaded the classes that a shutdown needs");
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
        }
        List<String> loaded = Files.readAllLines(classes()).stream()
                .map(line -> line.replaceFirst("^(\\[[^]]*])+ ", "").split(" ")[0]).toList();
        assertThat(loaded.stream().anyMatch(type -> type.startsWith(ROOMS + "engine."))).as("the log has classes").isTrue();
        assertThat(loaded).filteredOn(type -> OFF.matcher(type).matches() || UNUSED.matcher(type).matches()).isEmpty();
    }

    @Test
    void noThreadDescriptorOrFileIsThere() throws Exception {
        try (DaemonProcess daemon = launch().up()) {
            use(daemon);
            Path proc = Path.of("/proc", Long.toString(daemon.pid()));
            if (!NATIVE) { // The kernel does not know the names of the threads of native executables.
                // Threads of the start end when they have done their work.
                await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100))
                        .untilAsserted(() -> assertThat(threads(proc)).isEqualTo(THREADS));
            }
            assertThat(descriptors(proc)).isSubsetOf("journal", "jar", "null", "output", "socket", "pipe", "inotify", "epoll",
                    "event", "random", "modules").contains("journal", "socket");
            assertThat(unixSockets(proc)).as("Unix domain sockets").isEmpty();
            daemon.terminate();
            assertThat(daemon.awaitExit()).isEqualTo(143);
        }
        assertThat(below(work)).contains("lines.log").allMatch(name -> name.startsWith("lines.log"));
        // Vert.x has its own, whatever this extension does.
        assertThat(below(temporary)).allMatch(name -> name.startsWith("vertx-cache"));
    }

    private static Set<String> threads(Path proc) throws IOException {
        try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
            return tasks.map(task -> read(task.resolve("comm")).strip()).filter(name -> name.startsWith("proc-daemon"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }

    /** The kinds of what it has open; a file that is not expected by its path. */
    private Set<String> descriptors(Path proc) throws IOException {
        try (Stream<Path> all = Files.list(proc.resolve("fd"))) {
            return all.map(this::kind).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private String kind(Path descriptor) {
        String target;
        try {
            target = Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "null";
        }
        if (target.startsWith(work.resolve("lines.log").toString())) {
            return "journal";
        }
        if (target.startsWith("anon_inode:")) {
            return target.replaceAll("anon_inode:\\[?(eventpoll|eventfd|inotify).*", "$1").replace("eventpoll", "epoll")
                    .replace("eventfd", "event");
        }
        return target.endsWith(".jar") || target.endsWith("-runner") ? "jar"
                : target.endsWith("/lib/modules") ? "modules"
                        : target.endsWith(".log") || target.equals(classes().toString()) ? "output"
                                : target.matches("/dev/u?random") ? "random"
                                        : target.equals("/dev/null") ? "null"
                                                : target.replaceFirst("^(socket|pipe):.*", "$1");
    }

    /** Those of the process that are bound to a path. */
    private static List<String> unixSockets(Path proc) throws IOException {
        Set<String> own;
        try (Stream<Path> all = Files.list(proc.resolve("fd"))) {
            own = all.map(DefaultsIT::inode).collect(Collectors.toSet());
        }
        return Files.readAllLines(proc.resolve("net/unix")).stream().map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 7 && own.contains(fields[6])).map(fields -> String.join(" ", fields))
                .toList();
    }

    private static String inode(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("\\D", "");
        } catch (IOException closed) {
            return "";
        }
    }

    private static List<String> below(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> !file.equals(directory)).map(file -> directory.relativize(file).toString()).sorted()
                    .toList();
        }
    }
}
