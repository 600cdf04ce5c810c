package io.quarkiverse.procdaemon.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Errand;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import io.quarkus.scheduler.Trigger;

class ScheduledErrandsTest {

    private final List<Object> ends = new ArrayList<>();
    private final ScheduledErrands errands = new ScheduledErrands(
            subsystem -> subsystem.equals("running") ? Optional.of(new Noted()) : Optional.empty());

    @Test
    void nothingBeginsInASubsystemThatTakesNoWork() {
        ScheduledExecution execution = new Execution();
        assertThat(errands.begin("stopped", execution)).isFalse();
        errands.skipped(new SkippedExecution(execution));
        assertThat(ends).isEmpty();
    }

    @Test
    void eachOfTheThreeEventsEndsItOnce() {
        ScheduledExecution succeeds = begin();
        errands.succeeded(new SuccessfulExecution(succeeds));
        errands.succeeded(new SuccessfulExecution(succeeds));
        assertThat(ends).containsExactly("closed");

        errands.skipped(new SkippedExecution(begin()));
        assertThat(ends).containsExactly("closed", "closed");
    }

    @Test
    void aFailureArrivesAsItWasThrown() {
        IOException thrown = new IOException("no disk");
        CompletionException bare = new CompletionException("bare", null);
        errands.failed(new FailedExecution(begin(), new CompletionException(thrown)));
        errands.failed(new FailedExecution(begin(), thrown));
        errands.failed(new FailedExecution(begin(), bare));
        assertThat(ends).containsExactly(thrown, thrown, bare);
    }

    @Test
    void executionsOfOneScheduleAreToldApart() {
        ScheduledExecution first = begin();
        ScheduledExecution second = begin();
        errands.failed(new FailedExecution(second, new IOException("second")));
        errands.succeeded(new SuccessfulExecution(first));
        assertThat(ends).hasSize(2).last().isEqualTo("closed");
    }

    @Test
    void executionsOfOthersAreNoneOfItsBusiness() {
        errands.succeeded(new SuccessfulExecution(new Execution()));
        errands.failed(new FailedExecution(new Execution(), new IOException("not ours")));
        assertThat(ends).isEmpty();
    }

    private ScheduledExecution begin() {
        ScheduledExecution execution = new Execution();
        assertThat(errands.begin("running", execution)).isTrue();
        return execution;
    }

    private final class Noted implements Errand {

        @Override
        public void close() {
            ends.add("closed");
        }

        @Override
        public void fail(Throwable cause) {
            ends.add(cause);
        }
    }

    private static final class Execution implements ScheduledExecution {

        @Override
        public Trigger getTrigger() {
            return new Job();
        }

        @Override
        public Instant getFireTime() {
            return Instant.EPOCH;
        }

        @Override
        public Instant getScheduledFireTime() {
            return Instant.EPOCH;
        }
    }

    private static final class Job implements Trigger {

        @Override
        public String getId() {
            return "job";
        }

        @Override
        public Instant getNextFireTime() {
            return null;
        }

        @Override
        public Instant getPreviousFireTime() {
            return null;
        }

        @Override
        public boolean isOverdue() {
            return false;
        }
    }
}
