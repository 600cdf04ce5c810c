package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogRecord;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;

/** A reload restarts the subsystems whose keys it changes; these keys require no restart of the process, others do. */
class RestartOnReloadTest {

    private static final ConfigFile FILE = ConfigFile.of("RestartOnReloadTest", "gateway.port=1", "greeting=hello",
            "limits.size=1", "listener.port=1");

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(
                    jar -> jar.addClasses(ConfigFile.class, Gateway.class, Relay.class, Greeter.class, Limits.class,
                            Listener.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h")
            .setLogRecordPredicate(line -> String.valueOf(line.getMessage()).startsWith("Configuration reloaded"))
            .assertLogRecords(lines -> assertThat(lines).extracting(LogRecord::getMessage)
                    .contains("Configuration reloaded (epoch 2); changed: gateway.port, greeting; restarting: gateway, relay"));

    @ConfigMapping(prefix = "limits")
    interface Limits {
        int size();
    }

    @Singleton
    static class Greeter {

        @ConfigProperty(name = "greeting")
        String greeting;
    }

    @Subsystem(restartOn = "gateway")
    static class Gateway {

        static final ConcurrentLinkedQueue<String> PORTS = new ConcurrentLinkedQueue<>();

        @Inject
        LiveConfig<Limits> limits;

        @Inject
        org.eclipse.microprofile.config.Config config;

        @OnStart
        void bind() {
            PORTS.add(config.getValue("gateway.port", String.class));
        }

        @OnReload
        void reload(ConfigChange change) {
            if (change.affects("gateway.forbidden")) {
                throw new NullPointerException();
            }
        }
    }

    @Subsystem(dependsOn = Gateway.class)
    static class Relay {
    }

    @Dependent
    @Subsystem(restartOn = "listener")
    static class Listener {

        static final ConcurrentLinkedQueue<Integer> PORTS = new ConcurrentLinkedQueue<>();

        Listener(@ConfigProperty(name = "listener.port") int port) {
            PORTS.add(port);
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    Greeter greeter;

    private ReloadResult reload(String... lines) throws Exception {
        return reload(1, lines);
    }

    private ReloadResult reload(int listenerPort, String... lines) throws Exception {
        String[] all = Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = "listener.port=" + listenerPort;
        FILE.write(all);
        return daemon.reload().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private long generation(String name) {
        return daemon.subsystem(name).orElseThrow().generation();
    }

    @Test
    void onlyWhatItConcerns() throws Exception {
        ReloadResult result = reload("gateway.port=2", "greeting=bye", "limits.size=1");
        assertThat(result.status()).isEqualTo(Status.APPLIED);
        assertThat(result.changed()).containsExactlyInAnyOrder("gateway.port", "greeting");
        assertThat(result.requiresRestart()).containsExactly("greeting");
        assertThat(result.restarted()).containsExactly("gateway", "relay");
        Awaitility.await().until(() -> generation("relay") == 2
                && daemon.subsystem("relay").orElseThrow().state() == SubsystemState.RUNNING);
        assertThat(Gateway.PORTS).containsExactly("1", "2");
        assertThat(greeter.greeting).isEqualTo("hello");

        ReloadResult live = reload("gateway.port=2", "greeting=bye", "limits.size=2");
        assertThat(live.changed()).containsExactly("limits.size");
        assertThat(live.restarted()).isEmpty();

        // It is asked though the mapping that it reads has not changed. Its exception has no message.
        ReloadResult vetoed = reload("gateway.port=3", "gateway.forbidden=x", "greeting=bye", "limits.size=2");
        assertThat(vetoed.status()).isEqualTo(Status.REJECTED);
        assertThat(vetoed.problems()).extracting(ConfigProblem::reason)
                .isEqualTo(List.of("PD-4009: subsystem 'gateway' vetoed it: "
                        + "NullPointerException; changed: gateway.forbidden, gateway.port"));
        assertThat(vetoed.restarted()).isEmpty();
        assertThat(generation("gateway")).isEqualTo(2);

        assertThat(Listener.PORTS).containsExactly(1);
        ReloadResult again = reload(2, "gateway.port=2", "greeting=bye", "limits.size=2");
        assertThat(again.restarted()).containsExactly("listener");
        assertThat(again.requiresRestart()).isEmpty();
        assertThat(again.pendingRestart()).containsExactly("greeting");
        Awaitility.await().untilAsserted(() -> assertThat(Listener.PORTS).containsExactly(1, 2));
    }
}
