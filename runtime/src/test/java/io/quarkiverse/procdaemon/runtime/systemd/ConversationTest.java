package io.quarkiverse.procdaemon.runtime.systemd;

import static io.quarkiverse.procdaemon.runtime.systemd.FakeDaemon.running;
import static io.quarkiverse.procdaemon.runtime.systemd.FakeDaemon.subsystem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.ShutdownBudget;
import io.quarkiverse.procdaemon.runtime.systemd.Conversation.Notice;

/** What is said to systemd, and when, on a virtual clock. */
@Tag("any-jdk")
class ConversationTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final String ALL_WELL = "STATUS=Running, 1 of 1 subsystem";
    private static final String READY = "READY=1\n" + ALL_WELL;
    private static final String EXTENSION = "EXTEND_TIMEOUT_USEC=15000000";

    private final FakeDaemon fake = new FakeDaemon();
    private boolean applicationStarted = true;
    private long now = 7 * SECOND;
    private Conversation talk;

    private void begin(Duration watchdog) {
        talk = new Conversation(fake.daemon(), () -> applicationStarted,
                () -> new ShutdownBudget(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(15)),
                new Watchdog(watchdog.toNanos(), now), now);
    }

    private void beginReady(Duration watchdog) {
        fake.state = DaemonState.RUNNING;
        fake.subsystems.add(running("journal"));
        begin(watchdog);
        assertThat(talk.due(now)).first().isEqualTo(READY);
    }

    /** As the thread does: sleeps as long as it may, and says what is due. */
    private List<String> during(Duration time) {
        List<String> said = new ArrayList<>();
        long end = now + time.toNanos();
        for (int look = 0; now < end; look++) {
            assertThat(look).as("looks").isLessThan(1_000);
            now = Math.min(end, now + Math.max(1, talk.idle(now)));
            said.addAll(talk.due(now));
        }
        return said;
    }

    private List<String> hear(Notice... notices) {
        for (Notice notice : notices) {
            talk.hear(notice);
        }
        return talk.due(now);
    }

    @Test
    void readyIsSaidOnceWhenTheDaemonRunsAndTheApplicationHasStarted() {
        applicationStarted = false;
        begin(Duration.ZERO);
        fake.subsystems.add(running("journal"));
        assertThat(talk.due(now)).isEmpty();
        fake.state = DaemonState.RUNNING;
        assertThat(during(Duration.ofMillis(500))).isEmpty();
        applicationStarted = true;
        assertThat(during(Duration.ofMillis(500))).containsExactly(READY);
        assertThat(during(Duration.ofHours(1))).isEmpty();
    }

    @Test
    void aStatusThatMayNotHaveBeenReadIsSaidAgain() {
        beginReady(Duration.ZERO);
        talk.repeatStatus();
        assertThat(during(Duration.ofMinutes(1))).containsExactly(ALL_WELL);
    }

    @Test
    void aStartThatTakesLongGetsMoreTimeAndShowsWhatItWaitsFor() {
        fake.subsystems.add(subsystem("journal", SubsystemState.STARTING, true, 0, null));
        begin(Duration.ZERO);
        assertThat(during(Duration.ofSeconds(12))).containsExactly(EXTENSION,
                "STATUS=Starting, 0 of 1 subsystem running: journal is STARTING", EXTENSION, EXTENSION);
    }

    @Test
    void aStartThatHangsGetsNoMoreTime() {
        fake.stuck = true;
        begin(Duration.ZERO);
        assertThat(during(Duration.ofMinutes(1))).doesNotContain(EXTENSION);
    }

    @Test
    void aReloadIsSurroundedByItsMessages() {
        beginReady(Duration.ZERO);
        assertThat(hear(new Notice.ReloadBegan()))
                .containsExactly("RELOADING=1\nMONOTONIC_USEC=7000000\nSTATUS=Reloading the configuration");
        assertThat(hear(new Notice.Changed())).isEmpty();
        assertThat(during(Duration.ofSeconds(6))).containsExactly(EXTENSION);
        assertThat(hear(new Notice.ReloadEnded("the last reload was rejected: a")))
                .containsExactly(READY + "; the last reload was rejected: a");
        assertThat(hear(new Notice.ReloadBegan(), new Notice.ReloadEnded(""))).endsWith(READY).hasSize(2);
    }

    @Test
    void aSoftLimitIsShownWhileItIsExceeded() {
        beginReady(Duration.ZERO);
        hear(new Notice.ReloadBegan(), new Notice.ReloadEnded("the last reload was rejected: a"));
        during(Duration.ofSeconds(2));
        assertThat(hear(new Notice.Limit("memory", true)))
                .containsExactly(ALL_WELL + "; the soft limit of the memory is exceeded; the last reload was rejected: a");
        during(Duration.ofSeconds(2));
        assertThat(hear(new Notice.Limit("heap", true))).singleElement(STRING)
                .contains("; the soft limit of the heap is exceeded; the soft limit of the memory is exceeded; the last");
        during(Duration.ofSeconds(2));
        assertThat(hear(new Notice.Limit("heap", false), new Notice.Limit("memory", false)))
                .containsExactly(ALL_WELL + "; the last reload was rejected: a");
    }

    @Test
    void aReloadBeforeItIsReadyIsSaidAfterwards() {
        applicationStarted = false;
        fake.state = DaemonState.RUNNING;
        fake.subsystems.add(running("journal"));
        begin(Duration.ZERO);
        assertThat(hear(new Notice.ReloadBegan(), new Notice.Changed(), new Notice.ReloadEnded(""))).isEmpty();
        assertThat(talk.isUpToDate()).isFalse();
        applicationStarted = true;
        assertThat(talk.due(now)).containsExactly(READY,
                "RELOADING=1\nMONOTONIC_USEC=7000000\nSTATUS=Reloading the configuration", READY);
        assertThat(talk.isUpToDate()).isTrue();
    }

    @Test
    void theEndIsSaidWithTheTimeItMayTake() {
        beginReady(Duration.ZERO);
        assertThat(hear(new Notice.Stopping("signal TERM")))
                .containsExactly(
                        "STOPPING=1\nSTATUS=Stopping: signal TERM; 1 of 1 subsystem still running\nEXTEND_TIMEOUT_USEC=22000000");
        assertThat(hear(new Notice.ReloadBegan(), new Notice.Changed(), new Notice.ReloadEnded(""))).isEmpty();
        assertThat(hear(new Notice.Stopping("not down after 8s, held by ingest")))
                .containsExactly("STATUS=Stopping: not down after 8s, held by ingest; 1 of 1 subsystem still running");
        assertThat(during(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void whileItStopsTheStatusSaysWhatItWaitsFor() {
        beginReady(Duration.ZERO);
        fake.subsystems.add(running("ingest"));
        hear(new Notice.Stopping("signal TERM"));
        fake.subsystems.set(1, subsystem("ingest", SubsystemState.STOPPING, true, 0, null));
        assertThat(hear(new Notice.Changed())).as("within a second").isEmpty();
        assertThat(during(Duration.ofSeconds(1)))
                .containsExactly("STATUS=Stopping: signal TERM; 2 of 2 subsystems still running, waits for ingest");
        fake.subsystems.set(0, subsystem("journal", SubsystemState.STOPPED, true, 0, null));
        fake.subsystems.set(1, subsystem("ingest", SubsystemState.STOPPED, true, 0, null));
        talk.hear(new Notice.Changed());
        assertThat(during(Duration.ofMinutes(1)))
                .containsExactly("STATUS=Stopping: signal TERM; all subsystems have stopped");
    }

    @Test
    void theEndOfAStartIsSaidWithoutReady() {
        begin(Duration.ZERO);
        assertThat(hear(new Notice.ReloadBegan(), new Notice.Stopping("signal TERM")))
                .containsExactly(
                        "STOPPING=1\nSTATUS=Stopping: signal TERM\nEXTEND_TIMEOUT_USEC=22000000");
        fake.state = DaemonState.RUNNING;
        assertThat(during(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void aChangeOfWhatIsWrongIsSaidAtMostOnceASecond() {
        beginReady(Duration.ZERO);
        now += SECOND;
        fake.subsystems.set(0, subsystem("journal", SubsystemState.RESTARTING, true, 0, "x"));
        assertThat(hear(new Notice.Changed()))
                .containsExactly("STATUS=Running, 0 of 1 subsystem: journal is RESTARTING (x)");
        fake.subsystems.set(0, subsystem("journal", SubsystemState.STARTING, true, 0, null));
        assertThat(hear(new Notice.Changed())).isEmpty();
        fake.subsystems.set(0, running("journal"));
        assertThat(hear(new Notice.Changed())).isEmpty();
        assertThat(during(Duration.ofSeconds(1))).containsExactly(ALL_WELL);
        assertThat(hear(new Notice.Changed())).isEmpty();
        assertThat(during(Duration.ofSeconds(5))).as("nothing has changed").isEmpty();
    }

    @Test
    void aDrainIsCountedDown() {
        beginReady(Duration.ZERO);
        fake.state = DaemonState.DRAINING;
        fake.subsystems.set(0, subsystem("journal", SubsystemState.RUNNING, true, 2, null));
        assertThat(during(Duration.ofSeconds(3))).containsExactly("STATUS=Draining, 2 in flight");
        fake.subsystems.set(0, running("journal"));
        assertThat(during(Duration.ofSeconds(3))).containsExactly("STATUS=Draining, 0 in flight");
    }

    @Test
    void theWatchdogGetsItsMessageTwiceInItsTimeOnceItIsReady() {
        begin(Duration.ofSeconds(4));
        assertThat(during(Duration.ofSeconds(4))).doesNotContain("WATCHDOG=1");
        fake.state = DaemonState.RUNNING;
        talk.due(now);
        assertThat(during(Duration.ofSeconds(10))).filteredOn("WATCHDOG=1"::equals).hasSize(5);
    }

    @Test
    void aDaemonThatHangsGetsNone() {
        beginReady(Duration.ofSeconds(4));
        fake.stuck = true;
        assertThat(during(Duration.ofMinutes(1))).isEmpty();
        fake.stuck = false;
        assertThat(during(Duration.ofSeconds(2))).containsExactly("WATCHDOG=1");
        fake.hungRun = "ingest";
        assertThat(during(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void aShutdownHasALimitOfItsOwn() {
        beginReady(Duration.ofSeconds(4));
        fake.hungRun = "ingest";
        fake.stuck = true;
        hear(new Notice.Stopping("signal TERM"));
        assertThat(during(Duration.ofSeconds(4))).containsExactly("WATCHDOG=1", "WATCHDOG=1");
    }

    @Test
    void afterASuspensionTheDaemonGetsTimeToRecover() {
        beginReady(Duration.ofSeconds(4));
        now += 3600 * SECOND;
        fake.stuck = true;
        assertThat(talk.due(now)).containsExactly("WATCHDOG=1");
        assertThat(during(Duration.ofSeconds(10))).isEmpty();
    }
}
