package io.quarkiverse.procdaemon.deployment.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    private static final String WITHHELD = "its value is not valid; it is not shown, since the key may hold a secret";
    private static final ConfigFile FILE = ConfigFile.of("RejectedReloadTest", GOOD);

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .withApplicationRoot(
                    jar -> jar
                            .addClasses(ConfigFile.class, Lines.class, Even.class, Below.class, Above.class, Ears.class,
                                    Remote.class)
                            .addAsServiceProvider(ConfigSource.class, Remote.class))
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

        Optional<String> token();

        Map<String, Integer> limits();
    }

    public static class Even implements Converter<Integer> {

        @Override
        public Integer convert(String value) {
            if (value.startsWith("s3cr3t")) {
                throw new IllegalStateException("who writes " + value + "?");
            }
            if (value.equals("deep")) {
                throw new StackOverflowError();
            }
            int number = Integer.parseInt(value);
            if (number % 2 != 0) {
                throw new IllegalArgumentException("it must be even");
            }
            return number;
        }
    }

    /** Somebody's own source. */
    public static class Remote implements ConfigSource {

        static volatile boolean fails;

        @Override
        public Set<String> getPropertyNames() {
            return Set.of();
        }

        @Override
        public String getValue(String key) {
            if (fails) {
                throw new StackOverflowError();
            }
            return null;
        }

        @Override
        public String getName() {
            return "remote";
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
                case "named" -> throw new IllegalArgumentException("lines.mode needs a restart");
                case "secret" -> throw new IllegalStateException("login failed",
                        new IllegalStateException("with " + change.next(Lines.class).token().orElseThrow()));
                case "said" -> throw new IllegalStateException(
                        "login failed with " + change.next(Lines.class).token().orElseThrow());
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
                + "restore it, empty it if its keys are no longer wanted, or restart the daemon without it");
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
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(
                "PD-4009: subsystem 'above' vetoed it: IllegalStateException: I will not have it; changed: lines.max,"
                        + " lines.mode");
        assertThat(Below.ASKED).containsExactly("good -> veto", "veto -> good");
    }

    @Test
    void aVetoThatNamesAKeyIsReportedThere() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=named");
        assertThat(rejected()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).hasValue("lines.mode");
            assertThat(problem.toString()).isEqualTo(FILE.name() + ":3: PD-4009: subsystem 'above' vetoed it:"
                    + " IllegalArgumentException: lines.mode needs a restart; changed: lines.max, lines.mode");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "secret", "said" })
    void aSecretInAVetoIsMasked(String mode) throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=" + mode, "lines.token=s3cr3t-t0k3n");
        assertThat(rejected()).extracting(ConfigProblem::reason).singleElement().asString().contains("login failed")
                .doesNotContain("s3cr3t");
    }

    @Test
    void oneThatHangsIsInterruptedAndUndoneBelow() throws Exception {
        FILE.write("lines.max=" + lines.get().max(), "lines.even=2", "lines.mode=hang");
        assertThat(rejected()).extracting(ConfigProblem::toString).singleElement().asString().startsWith(FILE.name() + ":3: ")
                .endsWith("subsystem 'above' did not answer within 500ms and was interrupted; changed: lines.mode");
        assertThat(Below.ASKED).containsExactly("good -> hang", "hang -> good");
    }

    @Test
    void theValueOfASecretIsNotShown() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=x", "lines.password=s3cr3t");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":4: lines.password: "
                + "its value is not valid; it is not shown, since the key may hold a secret");
    }

    static Stream<Arguments> secrets() {
        return Stream.of(
                Arguments.of("lines.even=s3cr3t",
                        "a value is not valid: a converter threw IllegalStateException; its message is"
                                + " not shown, since it names no known key and may hold a secret"),
                Arguments.of("lines.max=${vault.password}", WITHHELD), Arguments.of("lines.max=${other}", WITHHELD),
                Arguments.of("lines.limits.\"my\\ token\"=s3cr3t", WITHHELD));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void theValueOfASecretIsNotShownWhereverItIsUsed(String line, String reason) throws Exception {
        FILE.write("vault.password=s3cr3t", "other=x${vault.password}", "lines.mode=x",
                line.startsWith("lines.max") ? "lines.even=2" : "lines.max=11",
                line.startsWith("lines.even") ? "# even" : "lines.even=2", line);
        assertThat(rejected()).extracting(ConfigProblem::reason).contains(reason).noneMatch(text -> text.contains("s3cr3t"));
    }

    @Test
    void aSecretThatStandsInAKeyOfTheDaemonIsMasked() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=x", "lines.token=s3cr3t-t0k3n",
                P + "subsystem.start-timeout=s3cr3t-t0k3n");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":5: " + P
                + "subsystem.start-timeout (***) is not a duration; write it as in 500ms, 30s, 5m or PT1H30M");
    }

    @Test
    void anErrorOfAConverterIsSaidAsAnyException() throws Exception {
        FILE.write("lines.max=11", "lines.even=deep", "lines.mode=x");
        assertThat(rejected()).extracting(ConfigProblem::reason).singleElement().asString()
                .isEqualTo("it cannot be read: StackOverflowError, whose message is not shown, since it may hold a secret");
    }

    @Test
    void anErrorOfASourceIsSaidAsAnyException() throws Exception {
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=x");
        Remote.fails = true;
        try {
            assertThat(rejected()).extracting(ConfigProblem::reason).singleElement().asString()
                    .contains("StackOverflowError");
        } finally {
            Remote.fails = false;
        }
    }

    @Test
    void aFileThatIsNotWhatItSeemsIsNamedWithTheReason() throws Exception {
        FILE.write("\uFEFFlines.max=11", "lines.even=2", "lines.mode=x");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":1: the file begins with a"
                + " byte order mark (BOM), which would become part of its first key; save it as UTF-8 without BOM");
        FILE.write("lines.max=11", "<<<<<<< HEAD", "lines.even=2", "=======", "lines.even=4", ">>>>>>> other", "lines.mode=x");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":2: a merge left its markers"
                + " here (<<<<<<<, =======, >>>>>>>); resolve the conflict and remove them");
        FILE.write("lines.max=11", "lines.even=2", "lines.mode=\0");
        assertThat(rejected()).extracting(ConfigProblem::toString).containsExactly(FILE.name() + ":3: a NUL character stands"
                + " here, as in a file in UTF-16 or of another kind; save it as UTF-8");
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
