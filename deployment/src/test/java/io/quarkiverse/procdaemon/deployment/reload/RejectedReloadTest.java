package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.LiveConfig;
import io.quarkiverse.procdaemon.OnReload;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.ReloadResult.Status;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.event.ConfigReloadRejected;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** What is wrong is said with key, file and line, all at once; nothing has changed after it, and a good one works as ever. */
class RejectedReloadTest {

    private static final String P = "quarkus.proc-daemon.";
    private static final String[] GOOD = { "lines.max=10", "lines.even=2", "lines.mode=good" };
    private static final ConfigFile FILE = ConfigFile.of("RejectedReloadTest", GOOD);

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(
                    jar -> jar.addClasses(ConfigFile.class, Lines.class, Even.class, Below.class, Above.class, Ears.class))
            .overrideRuntimeConfigKey("quarkus.config.locations", FILE.location())
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.debounce", "1h")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.reload.timeout", "500ms")
            .setLogRecordPredicate(line -> true)
            .assertLogRecords(lines -> assertThat(lines)
                    .noneMatch(line -> String.valueOf(line.getMessage()).contains("s3cr3t")));

    @ConfigMapping(prefix = "lines")
    interface Lines {

        int max();

        @WithConverter(Even.class)
        int even();

        String mode();

        @WithDefault("1")
        int password();
    }

    public static class Even implements Converter<Integer> {

        @Override
        public Integer convert(String value) {
            int number = Integer.parseInt(value);
            if (number % 2 != 0) {
                throw new IllegalArgumentException("it must be even");
            }
            return number;
        }
    }

    @Subsystem("below")
    static class Below {

        static final List<String> ASKED = new CopyOnWriteArrayList<>();

        @OnReload
        void reload(ConfigChange change) {
            ASKED.add(change.previous(Lines.class).mode() + " -> " + change.next(Lines.class).mode());
        }
    }

    @Subsystem(value = "above", dependsOn = Below.class)
    static class Above {

        @OnReload
        void reload(ConfigChange change) throws Exception {
            switch (change.next(Lines.class).mode()) {
                case "veto" -> throw new IllegalStateException("I will not have it");
                case "hang" -> new CountDownLatch(1).await();
                default -> {
                    // fine
                }
            }
        }
    }

    @Singleton
    static class Ears {

        static final List<ConfigReloadRejected> HEARD = new CopyOnWriteArrayList<>();

        void rejected(@Observes ConfigReloadRejected event) {
            HEARD.add(event);
        }
    }

    @Inject
    Daemon daemon;
    @Inject
    LiveConfig<Lines> lines;

    @Test
    void badTypesAreAllNamedWithTheirLines() throws Exception {
        assertRejected(FILE.name() + ":1: The config property lines.max with the config value \"ten\" threw an Exception whilst"
                + " being converted SRCFG00029: Expected an integer value, got \"ten\"",
                FILE.name() + ":2: The config property lines.even with the config value \"3\" threw an Exception whilst being"
                        + " converted it must be even",
                "lines.max=ten", "lines.even=3", "lines.mode=x");
    }

    private void assertRejected(String one, String two, String... content) throws Exception {
        FILE.write(content);
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactlyInAnyOrder(one, two);
    }

    @Test
    void aMissingKeyIsNamed() throws Exception {
        FILE.write("lines.max=11", "lines.even=2");
        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).contains("lines.mode");
            assertThat(problem.reason())
                    .isEqualTo("The config property lines.mode is required but it could not be found in any config source");
        });
    }

    @Test
    void anUnknownKeyIsNamed() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=x", "lines.colour=red");
        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).contains("lines.colour");
            assertThat(problem.source()).contains(FILE.name());
            assertThat(problem.line()).hasValue(4);
        });
    }

    @Test
    void whatCannotBeReadIsNamed() throws Exception {
        FILE.write("lines.max=11", "lines.even=\\u00zz");
        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.source()).contains(FILE.name());
            assertThat(problem.reason()).startsWith("it cannot be read: ");
        });
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        FILE.delete();
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ": the file is missing; "
                + "restore it, empty it if nothing of it is to count, or restart without it");
    }

    @Test
    void theDaemonsOwnRulesHold() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=x", "quarkus.proc-daemon.shutdown.force-timeout=1s",
                "quarkus.proc-daemon.subsystem.belov.stop-timeout=1s");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactlyInAnyOrder(
                FILE.name() + ":4: quarkus.proc-daemon.shutdown.force-timeout (1s) must be greater than "
                        + "quarkus.proc-daemon.shutdown.graceful-timeout (5s); raise the first or lower the second",
                FILE.name() + ":5: quarkus.proc-daemon.subsystem.\"belov\": there is no subsystem of that name; did you mean "
                        + "\"below\"? Known subsystems: above, below; correct the name or remove the key");
    }

    @Test
    void whatIsWrongWithTheDaemonsKeysAndWithOthersIsSaidAtOnce() throws Exception {
        FILE.write("lines.max=ten", "lines.even=2", "lines.mode=x", P + "reload.poll-interval=2d",
                P + "subsystem.below.heartbeat-timeut=1s", P + "subsystem.thread=cotton",
                P + "subsystem.restart.max-delay=10ms");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactlyInAnyOrder(
                FILE.name() + ":1: The config property lines.max with the config value \"ten\" threw an Exception whilst"
                        + " being converted SRCFG00029: Expected an integer value, got \"ten\"",
                FILE.name() + ":4: " + P + "reload.poll-interval (2 days) must be at most 1 day; lower it",
                FILE.name() + ":5: " + P + "subsystem.below.heartbeat-timeut: there is no such key; did you mean " + P
                        + "subsystem.\"below\".heartbeat-timeout? Correct the key or remove it",
                FILE.name() + ":6: " + P + "subsystem.thread (cotton) is not one of its values; use auto, virtual or platform",
                FILE.name() + ":7: " + P + "subsystem.restart.max-delay (10ms) must not be less than restart.initial-delay "
                        + "(100ms); raise the first or lower the second");
    }

    @Test
    void aValueThatCannotBeReadIsNeverTakenForTheOneThatCounts() throws Exception {
        String[] content = { "lines.max=" + (lines.get().max() + 1), "lines.even=2", "lines.mode=good",
                P + "subsystem.health.timeout=1s" };
        FILE.write(content);
        assertThat(reload().status()).isEqualTo(Status.APPLIED);
        content[3] = P + "subsystem.health.timeout=soon";
        FILE.write(content);
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":4: " + P
                + "subsystem.health.timeout (soon) is not a duration; write it as in 500ms, 30s, 5m or PT1H30M");
    }

    @Test
    void aVetoIsUndoneBelow() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=veto");
        assertThat(rejected()).extracting(ConfigProblem::toString).singleElement().asString().startsWith(FILE.name() + ":1: ")
                .endsWith(
                        "subsystem 'above' vetoed it: IllegalStateException: I will not have it; it was about lines.max, lines.mode");
        assertThat(Below.ASKED).containsExactly("good -> veto", "veto -> good");
    }

    @Test
    void oneThatHangsIsInterruptedAndUndoneBelow() throws Exception {
        FILE.write("lines.max=" + lines.get().max(), "lines.even=2", "lines.mode=hang");
        assertThat(rejected()).extracting(ConfigProblem::toString).singleElement().asString().startsWith(FILE.name() + ":3: ")
                .endsWith("subsystem 'above' did not answer within 500ms and was interrupted; it was about lines.mode");
        assertThat(Below.ASKED).containsExactly("good -> hang", "hang -> good");
    }

    @Test
    void theValueOfASecretIsNotShown() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=x", "lines.password=s3cr3t");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":4: lines.password: "
                + "its value is not valid; it is not shown, since the key may hold a secret");
    }

    /** Rejects, and has not changed anything. */
    private List<ConfigProblem> rejected() throws Exception {
        long epoch = lines.epoch();
        Lines before = lines.get();
        Below.ASKED.clear();
        Ears.HEARD.clear();

        ReloadResult result = reload();

        assertThat(result.status()).as(result.toString()).isEqualTo(Status.REJECTED);
        assertThat(result.epoch()).isEqualTo(epoch);
        assertThat(lines.epoch()).isEqualTo(epoch);
        assertThat(lines.get()).isSameAs(before);
        Awaitility.await().until(() -> !Ears.HEARD.isEmpty());
        assertThat(Ears.HEARD).singleElement().returns(epoch, ConfigReloadRejected::epoch)
                .returns(result.problems(), ConfigReloadRejected::problems);
        return result.problems();
    }

    @AfterEach
    void aGoodOneWorksAsEver() throws Exception {
        long epoch = lines.epoch();
        int next = lines.get().max() + 1;
        FILE.write("lines.max=" + next, "lines.even=2", "lines.mode=good");
        ReloadResult result = reload();
        assertThat(result.status()).as(result.toString()).isEqualTo(Status.APPLIED);
        assertThat(lines.get().max()).isEqualTo(next);
        assertThat(lines.epoch()).isEqualTo(epoch + 1);
    }

    private ReloadResult reload() throws Exception {
        return daemon.reload().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
