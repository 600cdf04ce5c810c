package io.quarkiverse.procdaemon.deployment.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.Healthy;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;
import io.quarkiverse.procdaemon.runtime.config.SignalAction;
import io.quarkiverse.procdaemon.runtime.config.SubsystemConfig;
import io.quarkus.test.QuarkusUnitTest;

/**
 * What is set by name counts before what is set for all, that before the annotation. A name spelled as an environment variable
 * would ({@code line.ingest}) is the name it means.
 */
class ConfiguredTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(LineIngest.class, Tally.class, Off.class))
            .overrideRuntimeConfigKey("quarkus.proc-daemon.name", "collector")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.signals.\"TERM\"", "none")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.signals.\"INT\"", "ignore")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.signal-exit-code", "255")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.critical", "false")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.restart.policy", "always")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.thread", "platform")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.health.interval", "1s")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"line-ingest\".critical", "true")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"line.ingest\".restart.policy", "never")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.subsystem.\"off\".enabled", "false")
            .overrideRuntimeConfigKey("quarkus.shutdown.delay", "7s")
            .setLogRecordPredicate(line -> line.getLoggerName().equals("io.quarkiverse.procdaemon")
                    && line.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(lines -> assertThat(lines).singleElement().satisfies(line -> assertThat(
                    String.format(line.getMessage(), line.getParameters()))
                    .isEqualTo("quarkus.shutdown.delay (7s) has no effect, because the application was built without "
                            + "quarkus.shutdown.delay-enabled: a shutdown does not wait before HTTP closes; build it with "
                            + "quarkus.shutdown.delay-enabled=true, or remove the delay")));

    @Subsystem
    static class LineIngest {
        final AtomicReference<Thread> thread = new AtomicReference<>();

        @OnStart
        void open() {
            thread.set(Thread.currentThread());
        }

        @Healthy
        boolean well() {
            return true;
        }
    }

    @Subsystem(restart = RestartPolicy.ON_FAILURE)
    static class Tally {
    }

    @Subsystem
    static class Off {
    }

    @Inject
    Daemon daemon;

    @Inject
    DaemonConfig config;

    @Inject
    LineIngest ingest;

    @Test
    void theNearestSettingCounts() {
        assertThat(daemon.name()).isEqualTo("collector");
        assertThat(daemon.subsystem("line-ingest")).get().extracting(SubsystemInfo::critical, SubsystemInfo::restart)
                .containsExactly(true, RestartPolicy.NEVER);
        assertThat(daemon.subsystem("tally")).get().extracting(SubsystemInfo::critical, SubsystemInfo::restart)
                .containsExactly(false, RestartPolicy.ALWAYS);
    }

    @Test
    void aDisabledSubsystemIsNotThere() {
        assertThat(daemon.subsystem("off")).isEmpty();
    }

    @Test
    void theThreadIsOfTheKindAskedForAndSeesTheApplicationsClasses() {
        assertThat(ingest.thread.get().getClass()).isEqualTo(Thread.class);
        assertThat(ingest.thread.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    void signalsMayBeLeftAlone() {
        assertThat(config.signals()).containsOnly(Map.entry("TERM", SignalAction.NONE), Map.entry("INT", SignalAction.IGNORE));
        assertThat(config.shutdown().signalExitCode()).hasValue(255);
    }

    @Test
    void whatIsNotSetForOneIsEmptyThere() {
        assertThat(config.subsystems()).containsOnlyKeys(DaemonConfig.EVERY, "line-ingest", "line.ingest", "off");
        assertThat(config.subsystems().get("off")).extracting(SubsystemConfig::startTimeout).asString()
                .isEqualTo("Optional.empty");
    }
}
