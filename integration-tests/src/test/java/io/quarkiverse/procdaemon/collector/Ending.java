package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The end of one collector, with short timeouts and a report, from the moment of its cause. */
final class Ending {

    static final Duration KILL = Duration.ofMillis(3500);
    /** What the process promises, whatever happens in it. */
    static final Duration BOUND = KILL.plusSeconds(1);

    /** Signals within this time of each other count once. */
    private static final Duration SAME_ORDER = Duration.ofSeconds(1);

    private final DaemonProcess daemon;
    private final Path directory;
    private final long begun = System.nanoTime();

    private Ending(DaemonProcess daemon, Path directory) {
        this.daemon = daemon;
        this.directory = directory;
    }

    /** Without {@code nohup} or a shell's background, which both would have signals ignored. */
    static DaemonProcess.Launch launch(Path directory) {
        return DaemonProcess.on(directory.resolve("lines.log")).withHooks().through("env", "--default-signal=INT,HUP")
                .with("quarkus.proc-daemon.shutdown.report-file", file(directory).toString())
                .with("quarkus.proc-daemon.shutdown.graceful-timeout", "1500ms")
                .with("quarkus.proc-daemon.shutdown.force-timeout", "2s")
                .with("quarkus.proc-daemon.shutdown.kill-timeout", KILL.toMillis() + "ms");
    }

    /** With timeouts that no test has time for: what ends soon did not wait for them. */
    static DaemonProcess.Launch patient(Path directory) {
        return launch(directory)
                .with("quarkus.proc-daemon.shutdown.graceful-timeout", "20s")
                .with("quarkus.proc-daemon.shutdown.force-timeout", "25s")
                .with("quarkus.proc-daemon.shutdown.kill-timeout", "30s");
    }

    static Path file(Path directory) {
        return directory.resolve("last-run.properties");
    }

    /** Of one that ends by itself. */
    static Ending now(DaemonProcess daemon, Path directory) {
        return new Ending(daemon, directory);
    }

    /** Triggers the end; the time counts from before that. */
    static Ending by(Trigger trigger, DaemonProcess daemon, Path directory) throws IOException, InterruptedException {
        Ending ending = new Ending(daemon, directory);
        trigger.pull(daemon);
        return ending;
    }

    /** The same, so late after the last signal that it counts. */
    static Ending byNextOrder(Trigger trigger, DaemonProcess daemon, Path directory) throws IOException, InterruptedException {
        await().pollDelay(SAME_ORDER.plusMillis(100)).until(() -> true);
        return by(trigger, daemon, directory);
    }

    /** Ends in time, with that exit code; returns how long it took. */
    Duration exits(int exitCode, Duration atMost) throws InterruptedException {
        int exited = daemon.awaitExit(atMost.minusNanos(System.nanoTime() - begun));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(exited).as("exit code:%n%s", daemon.log()).isEqualTo(exitCode);
        return took;
    }

    /**
     * Asserts what the log and the report file say.
     *
     * @param exitCode null if it cannot know
     * @param otherwise how subsystems ended that did not stop
     */
    Report says(String reason, Integer exitCode, Map<String, String> otherwise) throws IOException {
        Report report = Report.read(file(directory));
        Map<String, String> ended = new HashMap<>(report.ended());
        ended.replaceAll((name, end) -> "STOPPED");
        ended.putAll(otherwise);
        assertThat(report.ended()).as("ends:%n%s", daemon.log()).isEqualTo(ended).containsKeys("journal", "ingest", "tally");
        assertThat(report.get("reason")).isEqualTo(reason);
        assertThat(report.exitCode()).isEqualTo(Optional.ofNullable(exitCode).map(String::valueOf));
        assertThat(report.get("daemon")).isEqualTo("line-collector");
        assertThat(report.get("pid")).isEqualTo(Long.toString(daemon.pid()));
        assertThat(Report.inLog(daemon.log())).containsExactlyElementsOf(report.asInLog());
        return report;
    }
}
