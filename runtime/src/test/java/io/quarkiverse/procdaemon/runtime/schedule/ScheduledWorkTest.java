package io.quarkiverse.procdaemon.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;
import io.quarkus.scheduler.FailedExecution;
import io.quarkus.scheduler.ScheduledExecution;
import io.quarkus.scheduler.SkippedExecution;
import io.quarkus.scheduler.SuccessfulExecution;
import io.quarkus.scheduler.Trigger;
import io.quarkus.scheduler.common.runtime.StatusEmitterInvoker;

class ScheduledWorkTest {

    private final List<Object> ends = new ArrayList<>();
    private final FailureFilter filter = new FailureFilter();
    private final ScheduledWork work = new ScheduledWork(
            subsystem -> subsystem.equals("running") ? Optional.of(new Noted()) : Optional.empty(), filter);

    @Test
    void nothingBeginsInASubsystemThatTakesNoWork() {
        ScheduledExecution execution = new Execution();
        assertThat(work.begin("stopped", execution)).isFalse();
        work.onSkip(new SkippedExecution(execution));
        assertThat(ends).isEmpty();
    }

    @Test
    void eachOfTheThreeEventsEndsItOnce() {
        ScheduledExecution succeeds = begin();
        work.onSuccess(new SuccessfulExecution(succeeds));
        work.onSuccess(new SuccessfulExecution(succeeds));
        assertThat(ends).containsExactly("closed");

        work.onSkip(new SkippedExecution(begin()));
        assertThat(ends).containsExactly("closed", "closed");
    }

    @Test
    void aFailureArrivesAsItWasThrown() {
        IOException thrown = new IOException("no disk");
        CompletionException bare = new CompletionException("bare", null);
        work.onFailure(new FailedExecution(begin(), new CompletionException(thrown)));
        work.onFailure(new FailedExecution(begin(), thrown));
        work.onFailure(new FailedExecution(begin(), bare));
        assertThat(ends).containsExactly(thrown, thrown, bare);
    }

    @Test
    void executionsOfOneScheduleAreToldApart() {
        ScheduledExecution first = begin();
        ScheduledExecution second = begin();
        work.onFailure(new FailedExecution(second, new IOException("second")));
        work.onSuccess(new SuccessfulExecution(first));
        assertThat(ends).hasSize(2).last().isEqualTo("closed");
    }

    @Test
    void executionsOfOthersAreNoneOfItsBusiness() {
        work.onSuccess(new SuccessfulExecution(new Execution()));
        work.onFailure(new FailedExecution(new Execution(), new IOException("not ours")));
        assertThat(ends).isEmpty();
    }

    @Test
    void theNextCallOnThatThreadIsTheExecutionsAndNoOther() throws Exception {
        ScheduledExecution execution = begin();
        AtomicReference<ScheduledExecution> elsewhere = new AtomicReference<>();
        Thread other = new Thread(() -> elsewhere.set(work.takeCall()));
        other.start();
        other.join(10_000);
        assertThat(elsewhere).hasNullValue();
        assertThat(work.takeCall()).isSameAs(execution);
        assertThat(work.takeCall()).isNull();
    }

    @Test
    void aCallIsNobodysIfItsExecutionWasSkippedOrAnotherWasRefused() {
        work.onSkip(new SkippedExecution(begin()));
        assertThat(work.takeCall()).isNull();

        begin();
        assertThat(work.begin("stopped", new Execution())).isFalse();
        assertThat(work.takeCall()).isNull();
    }

    @Test
    void theEndOfTheCallIsTheEnd() {
        IOException thrown = new IOException("no disk");
        ScheduledExecution failed = begin();
        work.failed(failed, thrown);
        work.onFailure(new FailedExecution(failed, thrown));
        ScheduledExecution succeeded = begin();
        work.succeeded(succeeded);
        work.onFailure(new FailedExecution(succeeded, thrown));
        assertThat(ends).containsExactly(thrown, "closed");
    }

    @Test
    void whatTheSubsystemTellsOfAFailureTheSchedulerNeedNotSay() {
        Trigger trigger = begin().getTrigger();
        assertThat(filter.isLoggable(record(trigger))).isFalse();
        assertThat(filter.isLoggable(record(new Job("another")))).isTrue();
        assertThat(filter.isLoggable(record("job"))).isTrue();
        assertThat(filter.isLoggable(record())).isTrue();
        assertThat(filter.isLoggable(new LogRecord(Level.SEVERE, "without parameters"))).isTrue();
    }

    @Test
    void whatDidNotBeginIsNotTheSubsystems() {
        ScheduledExecution execution = new Execution();
        work.begin("stopped", execution);
        assertThat(filter.isLoggable(record(execution.getTrigger()))).isTrue();
    }

    @Test
    void theLoggersOwnFilterIsAskedAndComesBack() {
        Logger logger = Logger.getLogger(StatusEmitterInvoker.class.getName());
        Filter none = record -> false;
        logger.setFilter(none);
        try {
            filter.install();
            assertThat(logger.getFilter()).isSameAs(filter);
            assertThat(filter.isLoggable(record(new Job("another")))).isFalse();
            filter.remove();
            assertThat(logger.getFilter()).isSameAs(none);
        } finally {
            logger.setFilter(null);
        }
    }

    private static LogRecord record(Object... parameters) {
        LogRecord record = new LogRecord(Level.SEVERE, "Error occurred while executing task for trigger %s");
        record.setParameters(parameters);
        return record;
    }

    private ScheduledExecution begin() {
        ScheduledExecution execution = new Execution();
        assertThat(work.begin("running", execution)).isTrue();
        return execution;
    }

    private final class Noted implements WorkInFlight {

        @Override
        public long generation() {
            return 1;
        }

        @Override
        public boolean hasRunFailed() {
            return false;
        }

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
            return new Job("job");
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

    private record Job(String getId) implements Trigger {

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
