package io.quarkiverse.procdaemon.runtime.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.procdaemon.runtime.config.DaemonConfig;

/** Each key with values at and beyond the edge, and keys that do not exist. */
class KeyCheckTest {

    private static final String P = "quarkus.proc-daemon.";
    private static final String MALFORMED = "is not a duration; write it as in 500ms, 30s, 5m or PT1H30M";
    private static final String NOT_ZERO = "must be greater than zero; raise it or remove the key";

    private static final List<String> VALUES = List.of("0", "0s", "-1", "-1s", "-PT9223372036854775807S", "NaN", "Infinity",
            "-Infinity", "1e300", "-1e300", "99999999999999999999", "9223372036854775807", "PT2562047788015215H",
            "9223372036854775807d", "10001d", "2d", "1d", "abc", "", "  ", "0.5", "1", "256", "true", "maybe", "x\u0000y");

    /** Every key, each with all of these values; a name in it is that of a subsystem or signal. */
    static Stream<String> keys() {
        return Stream.concat(Keys.FIXED.stream(), Stream.concat(Stream.of(P + "signals.\"TERM\""),
                Keys.OF_SUBSYSTEM.keySet().stream().map(path -> P + "subsystem.\"line.feed\"." + path)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyValueIsEitherTakenOrAProblemThatNamesTheKey(String key) {
        for (String value : VALUES) {
            Configured configured = Configured.with(key, value);
            List<String> problems = configured.problems();
            assertThat(problems).as("%s=%s", key, value).hasSizeLessThanOrEqualTo(1);
            if (problems.isEmpty()) {
                // What is right needs nothing to stand in for it, and every duration that is taken can be counted with.
                DaemonConfig read = configured.readAsItIs().getConfigMapping(DaemonConfig.class);
                assertThat(durations(read)).allMatch(duration -> !duration.isNegative()
                        && duration.compareTo(Duration.ofDays(10_000)) <= 0);
            } else {
                assertThat(problems.get(0)).startsWith(key + " ").hasSizeLessThan(250).doesNotContain("\u0000", "SRCFG",
                        "Exception").contains("; ");
            }
        }
    }

    private static List<Duration> durations(DaemonConfig config) {
        List<Duration> all = new ArrayList<>(List.of(config.shutdown().gracefulTimeout(), config.shutdown().forceTimeout(),
                config.shutdown().killTimeout(), config.reload().debounce(), config.reload().pollInterval(),
                config.reload().timeout()));
        config.subsystems().values().forEach(one -> Stream.of(one.startTimeout(), one.stopTimeout(), one.heartbeatTimeout(),
                one.health().interval(), one.health().timeout(), one.restart().initialDelay(), one.restart().maxDelay(),
                one.restart().window(), one.restart().stableAfter()).forEach(duration -> duration.ifPresent(all::add)));
        return all;
    }

    /** By the type of the rule, since all keys of one type have the same. */
    @Test
    void whatIsTaken() {
        Map<String, List<String>> taken = keys().collect(Collectors.toMap(key -> key,
                key -> VALUES.stream().filter(value -> Configured.with(key, value).problems().isEmpty()).toList()));
        assertThat(taken.get(P + "reload.debounce")).isEqualTo(taken.get(P + "reload.poll-interval"))
                .containsExactly("1d", "1", "256");
        assertThat(taken.get(P + "reload.timeout")).isEqualTo(taken.get(P + "shutdown.kill-timeout"))
                .containsExactly("2d", "1d", "1", "256");
        assertThat(taken.get(P + "subsystem.start-timeout")).isEqualTo(taken.get(P + "subsystem.\"line.feed\".restart.window"))
                .containsExactly("2d", "1d", "", "  ", "1", "256");
        assertThat(taken.get(P + "subsystem.restart.initial-delay")).containsExactly("0", "0s", "2d", "1d", "", "  ", "1",
                "256");
        assertThat(taken.get(P + "subsystem.restart.multiplier")).containsExactly("10001d", "2d", "1d", "", "  ", "1", "256");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reload.debounce             | 0     | (0s) must be greater than zero; raise it or remove the key
            reload.poll-interval        | 2d    | (2 days) must be at most 1 day; lower it
            reload.timeout              | -1s   | (-1s) must be greater than zero; raise it or remove the key
            shutdown.graceful-timeout   | soon  | (soon) is not a duration; write it as in 500ms, 30s, 5m or PT1H30M
            shutdown.force-timeout      | ''    | is empty; set it or remove the key
            shutdown.kill-timeout       | PT2562047788015215H | (106751991167300 days) must be at most 10000 days; lower it
            subsystem.restart.multiplier | 1e300 | (1e300) must be at most 1000000; lower it or remove the key
            subsystem.restart.multiplier | NaN  | (NaN) is not a number; correct it or remove the key
            subsystem.restart.jitter    | Infinity | (Infinity) must be from 0 to 1; correct it or remove the key
            subsystem.restart.max-restarts | NaN | (NaN) is not a whole number; correct it or remove the key
            subsystem.restart.max-restarts | 3000000000 | (3000000000) must be at most 2147483647; lower it or remove the key
            subsystem.restart.initial-delay | -1s | (-1s) must not be negative; raise it or remove the key
            reload.enabled              | maybe | (maybe) is not one of its values; use true or false
            subsystem.thread            | cotton | (cotton) is not one of its values; use auto, virtual or platform
            signals."TERM"              | explode | (explode) is not one of its values; use shutdown, reload, dump, drain, resume, event, ignore or none
            signals."SIGTERM"           | none  | : no such signal
            reload.secret-names         | ', '  | (,) is an empty list; correct it or remove the key
            subsystem."line.feed".start-timeout | ${nope} | (${nope}) uses a value that is not set; set that or remove the key
            """)
    void whatIsSaid(String key, String value, String said) {
        String sentence = P + key + (said.startsWith(":") ? "" : " ") + said;
        assertThat(Configured.with(P + key, value).problems()).containsExactly(sentence);
    }

    @Test
    void anEmptySectionIsNoKeyButAnUnknownKeyWithoutAValueIs() {
        for (String section : List.of("subsystem", "subsystem.journal", "subsystem.\"line.feed\"", "subsystem.health",
                "subsystem.journal.restart", "signals", "shutdown")) {
            assertThat(Configured.with(P + section, "").problems()).as(section).isEmpty();
        }
        for (String unknown : List.of("subsystem.heartbeat-timeut", "subsystemx.foo", "subsystem.journal.restarts",
                "subsystem.jurnal", "shutdwn")) {
            assertThat(Configured.with(P + unknown, "").problems()).as(unknown).singleElement().asString()
                    .contains(": there is no such key; ");
        }
    }

    @Test
    void allAtOnceAndEachOnceHoweverManySubsystems() {
        assertThat(Configured.with(P + "subsystem.start-timeout", "later").and(P + "subsystem.heartbeat-timeut", "1s")
                .and(P + "subsystem.jurnal.critical", "true").and(P + "subsystem.\"jurnal\".enabled", "maybe")
                .and(P + "reload.debounce", "0").and(P + "shutdown.signal-exit-code", "abc").problems())
                .containsExactlyInAnyOrder(P + "subsystem.start-timeout (later) " + MALFORMED,
                        P + "subsystem.heartbeat-timeut: there is no such key; did you mean " + P
                                + "subsystem.heartbeat-timeout? Correct the key or remove it",
                        P + "subsystem.\"jurnal\": there is no subsystem of that name; did you mean \"journal\"? Known "
                                + "subsystems: ingest, journal, line.feed; correct the name or remove the key",
                        P + "reload.debounce (0s) " + NOT_ZERO,
                        P + "shutdown.signal-exit-code (abc) is not a whole number; correct it or remove the key");
    }

    @Test
    void whatAnExpressionComesToIsNotShown() {
        assertThat(Configured.with("vault", "s3cr3t").and(P + "reload.timeout", "${vault}").problems())
                .containsExactly(P + "reload.timeout (${vault}) " + MALFORMED);
        assertThat(Configured.with("grace", "30s").and(P + "shutdown.kill-timeout", "${grace}").problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            subsystem."ingest".heartbeat-timeut | subsystem."ingest".heartbeat-timeout
            subsystem.ingest.heartbeatTimeout   | subsystem."ingest".heartbeat-timeout
            subsystem.ingest.heartbeat-timoot   | subsystem."ingest".heartbeat-timeout
            subsystem.line.feed.start-timeout   | subsystem."line.feed".start-timeout
            subsystem.restrat.window            | subsystem.restart.window
            shutdown.kill-timout                | shutdown.kill-timeout
            shutdwon.before-http                | shutdown.before-http
            reload.poll_interval                | reload.poll-interval
            shutdown.signal_exit_kodes          | shutdown.signal-exit-code
            debounce                            | reload.debounce
            start-timeout                       | subsystem.start-timeout
            subsystem.max-restarts              | subsystem.restart.max-restarts
            metric.enabled                      | metrics.enabled
            """)
    void theNearestKeyIsNamed(String key, String nearest) {
        assertThat(Configured.with(P + key, "1s").problems()).containsExactly(P + key + ": there is no such key; did you mean "
                + P + nearest + "? Correct the key or remove it");
    }

    @Test
    void whereNoneIsNearTheKeysThereAreAreNamed() {
        assertThat(Configured.with(P + "reload.colour", "red").problems())
                .containsExactly(P + "reload.colour: there is no such "
                        + "key; known keys of " + P + "reload: debounce, enabled, files, poll-interval, secret-names, timeout; "
                        + "correct the key or remove it");
        assertThat(Configured.with(P + "colour", "red").problems()).singleElement().asString()
                .startsWith(P + "colour: there is no such key; known keys of " + P + "* begin with ")
                .contains("dump, ", "health, ", "jfr, metrics, name, ", "signals, start, status, subsystem, systemd; correct");
        assertThat(Configured.with(P + "reload.debounce[0]", "1s").and(P + "reload.files[0]", "a").problems()).singleElement()
                .asString().startsWith(P + "reload.debounce[0]: there is no such key; did you mean " + P + "reload.debounce?");
    }

    @Test
    void whatIsNotJudged() {
        assertThat(new Configured().environment("QUARKUS_PROC_DAEMON_RELOAD_DEBOUCE", "1s")
                .environment("QUARKUS_PROC_DAEMON_SUBSYSTEM_HEARTBEAT_TIMEUT", "1s")
                .environment(P + "reload.debouce", "1s").and("%dev." + P + "reload.debouce", "1s")
                .and("quarkus.proc-daemons.x", "1").and(P + "health.enabled", "true").and(P + "subsystem", "")
                .and(P + "signals", "").and(P + "reload", "").and(P + "subsystem.restart", "").problems()).isEmpty();
    }

    @Test
    void whatTheEnvironmentSetsHasToBeRightToo() {
        assertThat(new Configured().environment("QUARKUS_PROC_DAEMON_RELOAD_DEBOUNCE", "0").problems())
                .containsExactly(P + "reload.debounce (0s) " + NOT_ZERO);
        assertThat(new Configured().environment("QUARKUS_PROC_DAEMON_SUBSYSTEM_START_TIMEOUT", "later").problems())
                .containsExactly(P + "subsystem.start-timeout (later) " + MALFORMED);
    }

    @Test
    void keysOfTheProfileAreJudged() {
        assertThat(Configured.with("%prod." + P + "reload.debounce", "0").and("%prod." + P + "reload.debouce", "1s").problems())
                .hasSize(2).allMatch(problem -> problem.startsWith(P));
    }

    @Test
    void booleansInEveryLanguageThatSmallRyeSpeaks() {
        for (String word : Arrays.asList("TRUE", "yes", "Y", "on", "1", "ja", "oui", "sim", "NÃO", "off", "0", "False")) {
            assertThat(Configured.with(P + "reload.enabled", word).problems()).as(word).isEmpty();
        }
    }
}
