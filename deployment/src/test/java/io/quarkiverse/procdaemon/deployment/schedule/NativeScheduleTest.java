package io.quarkiverse.procdaemon.deployment.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.deployment.wiring.NativeSources;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.ScheduledExecution;

/** The scheduler makes predicates by reflection, also in a native executable. */
@Tag("any-jdk")
class NativeScheduleTest {

    @Subsystem
    static class Journal {

        @Scheduled(every = "1s")
        void compact() {
        }

        @Scheduled(every = "1s", skipExecutionIf = Plain.class)
        void flush() {
        }
    }

    public static class Plain implements Scheduled.SkipPredicate {
        @Override
        public boolean test(ScheduledExecution execution) {
            return false;
        }
    }

    @TempDir
    Path directory;

    @Test
    void theMetadataNamesThePredicates() throws Exception {
        String metadata = String.join("", NativeSources
                .metadata(directory, Extensions.scheduler(), Journal.class, Plain.class).values());
        assertThat(metadata).contains("\"" + Journal.class.getName() + "_WhileRunning\"",
                "\"" + Journal.class.getName() + "_WhileRunning_", "\"" + Plain.class.getName() + "\"");
        assertThat(metadata).doesNotContain("\"" + Journal.class.getName() + "\"");
    }
}
