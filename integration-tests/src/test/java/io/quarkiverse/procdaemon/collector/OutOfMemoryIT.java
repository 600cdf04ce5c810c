package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A body that uses up the memory of the process. */
@Isolated("collections of garbage take all processors")
class OutOfMemoryIT {

    @TempDir
    Path directory;

    private DaemonProcess.Launch launch() {
        return Ending.launch(directory).withVmOptions("-Xmx64m").withRule("ingest", "restart.policy", "never");
    }

    @Test
    void oneThatIsOverIsAFailureLikeOthers() throws Exception {
        try (DaemonProcess daemon = launch().up(); LineClient client = daemon.connect()) {
            daemon.http().arm("append", "OUT_OF_MEMORY");
            client.send("too much\n");
            assertThat(daemon.awaitExit(Ending.BOUND)).isEqualTo(1);

            assertThat(daemon.log()).contains("ingest#1 RUNNING -> STOPPING: it failed: java.lang.OutOfMemoryError: ",
                    "line-collector is shutting down: 'ingest' failed (exit code 1)");
            Report report = Report.read(Ending.file(directory));
            assertThat(report.ended()).isEqualTo(Map.of("journal", "STOPPED", "tally", "STOPPED", "ingest", "NONE"));
        }
    }

    /** Even the supervisor gets no memory. Others may meet that first, so that the process ends while the heap fills up. */
    @Test
    void oneThatStaysEndsTheProcess() throws Exception {
        try (DaemonProcess daemon = launch().up(); LineClient client = daemon.connect()) {
            daemon.http().arm("append", "EXHAUST_HEAP");
            client.send("too much\n");
            daemon.awaitLogOrExit("The heap is full");
            assertThat(daemon.awaitExit(Ending.BOUND)).isIn(1, 137);
        }
    }
}
