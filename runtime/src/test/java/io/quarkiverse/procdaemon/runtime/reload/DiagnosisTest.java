package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SecretKeysHandler;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

class DiagnosisTest {

    private static final String WITHHELD = "its value is not valid; it is not shown, since the key may hold a secret";
    private static final String UNKNOWN = "; its message is not shown, since it names no known key and may hold a secret";

    @ConfigMapping(prefix = "lines")
    interface Lines {

        @WithDefault("1")
        int max();

        @WithDefault("x")
        @WithConverter(Odd.class)
        String odd();

        Map<String, Limit> limits();

        List<Integer> ports();

        @WithDefault("5")
        int hidden();

        interface Limit {

            @WithDefault("1")
            int bytes();

            @WithDefault("1")
            int password();
        }
    }

    /** Throws what its value says. */
    public static class Odd implements Converter<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public String convert(String value) {
            switch (value.substring(0, 1)) {
                case "S" -> throw new IllegalStateException("do not like " + value);
                case "N" -> throw new NullPointerException(value);
                case "T" -> throw new IllegalStateException() {

                    private static final long serialVersionUID = 1L;

                    @Override
                    public String toString() {
                        return "lines are bad, for instance " + value;
                    }
                };
                default -> {
                    return value;
                }
            }
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("lines.max", "ten", "lines.max",
                        "The config property lines.max with the config value \"ten\" threw"
                                + " an Exception whilst being converted SRCFG00029: Expected an integer value, got \"ten\""),
                Arguments.of("lines.limits.\"a b\".bytes", "ten", "lines.limits.\"a b\".bytes",
                        "The config property lines.limits.\"a b\".bytes with the config value \"ten\" threw an Exception whilst"
                                + " being converted SRCFG00029: Expected an integer value, got \"ten\""),
                Arguments.of("lines.limits.\"a b\".password", "s3cr3t", "lines.limits.\"a b\".password", WITHHELD),
                Arguments.of("lines.max", "${vault.password}", "lines.max", WITHHELD),
                Arguments.of("lines.max", "x${other}", "lines.max", WITHHELD),
                Arguments.of("lines.max", "${nothing:${vault.password}}", "lines.max", WITHHELD),
                Arguments.of("lines.max", "${plain::abc}", "lines.max", WITHHELD),
                Arguments.of("lines.max", "the-long-s3cr3t", "lines.max", "The config property lines.max with the config value"
                        + " \"***\" threw an Exception whilst being converted SRCFG00029: Expected an integer value, got"
                        + " \"***\""),
                Arguments.of("lines.max", "http://me:s3cr3t@host", "lines.max", "The config property lines.max with the config"
                        + " value \"http://me:***@host\" threw an Exception whilst being converted SRCFG00029: Expected an"
                        + " integer value, got \"http://me:***@host\""),
                Arguments.of("lines.hidden", "s3cr3t", "lines.hidden", WITHHELD),
                Arguments.of("lines.ports[1]", "s3cr3t:1", "lines.ports[1]",
                        "The config property lines.ports[1] with the config value \"s3cr3t:1\" threw an Exception whilst being"
                                + " converted SRCFG00029: Expected an integer value, got \"s3cr3t:1\""),
                Arguments.of("lines.odd", "S s3cr3t", null, "a value is not valid: a converter threw IllegalStateException"
                        + UNKNOWN),
                Arguments.of("lines.odd", "N s3cr3t", null, "a value is not valid: a converter threw NullPointerException"
                        + UNKNOWN),
                Arguments.of("lines.max", "${nothing}", "lines.max", "Could not expand value nothing in property lines.max"),
                Arguments.of("lines.colour", "s3cr3t", "lines.colour",
                        "lines.colour in PropertiesConfigSource[source=test] does not map to any root"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatIsWrongIsSaidWithoutSecrets(String name, String value, String key, String reason) {
        assertThat(problems(Map.of(name, value))).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(Optional.ofNullable(key));
            assertThat(problem.reason()).isEqualTo(reason);
        });
    }

    @Test
    void theTextOfAnExceptionMayLookLikeASentenceAboutAGroup() {
        // Then its key is known and no secret: what it says is masked only.
        assertThat(problems(Map.of("lines.odd", "T the-long-s3cr3t"))).singleElement()
                .returns("lines are bad, for instance T ***", ConfigProblem::reason);
    }

    private static List<ConfigProblem> problems(Map<String, String> values) {
        SmallRyeConfigBuilder builder = builder(values);
        ConfigValidationException invalid = catchThrowableOfType(ConfigValidationException.class,
                () -> builder.withSecretKeys("lines.hidden").withMapping(Lines.class).build());
        return diagnosis(config(values)).of(invalid);
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of("vault.password", "s3cr3t", "other", "${vault.password}",
                "long.password", "the-long-s3cr3t", "lines.ports[0]", "1"));
        all.putAll(values);
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withSources(new PropertiesConfigSource(all, "test"))
                .withSecretKeysHandlers(new SecretKeysHandler() {

                    @Override
                    public String decode(String secret) {
                        return "s3cr3t";
                    }

                    @Override
                    public String getName() {
                        return "plain";
                    }
                });
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return builder(values).withSecretKeys("lines.hidden").build();
    }

    private static Diagnosis diagnosis(SmallRyeConfig config) {
        Secrets secrets = new Secrets(config, List.of("password", "Token"));
        return new Diagnosis(key -> new Origin(Optional.of("some.properties"), OptionalInt.of(key.length())), secrets,
                SecretValues.of(secrets.values())::mask);
    }

    private static ConfigProblem sentence(String text, String... keys) {
        Map<String, String> values = new HashMap<>();
        Stream.of(keys).forEach(key -> values.put(key, "1"));
        return diagnosis(config(values)).sentence(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SRCFG00014: The config property a.b is required but it could not be found in any config source | a.b",
            "java.lang.IllegalArgumentException: SRCFG00039: The config property a.\"b c\".d with the config value | a.\"b c\".d",
            "java.lang.IllegalArgumentException: SRCFG00039: The config property %prod.a.b with the config value | a.b",
            "SRCFG00011: Could not expand value x in property a.b | a.b",
            "SRCFG00050: a.b in PropertiesConfigSource[source=file:/x]:4 does not map to any root | a.b",
            "quarkus.proc-daemon.subsystem.\"x.y\".thread is 'virtual', but | quarkus.proc-daemon.subsystem.\"x.y\".thread",
            "quarkus.proc-daemon.subsystem.\"x\": there is no subsystem | quarkus.proc-daemon.subsystem.\"x\"",
            "quarkus.proc-daemon.subsystem.\"token-maker\".thread is | quarkus.proc-daemon.subsystem.\"token-maker\".thread",
            "a.missing must not be null | a.missing", "a must not be odd | a",
            "a.b (1s) must be greater than a.c (2s); raise the first | a.b" })
    void theKeyIsFoundInWhatIsSaid(String text, String key) {
        assertThat(sentence(text, "a.b", "a.\"b c\".d")).satisfies(problem -> {
            assertThat(problem.key()).contains(key);
            assertThat(problem.source()).contains("some.properties");
            assertThat(problem.line()).hasValue(key.length());
            assertThat(problem.reason()).doesNotContain("SRCFG", "not shown");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = { "Something is wrong", "java.util.NoSuchElementException: s3cr3t", "x.y is bad: s3cr3t",
            "The config property x.y with the config value \"s3cr3t\" is bad", "java.lang.IllegalStateException" })
    void whatNamesNoKnownKeyIsNotShown(String text) {
        assertThat(sentence(text, "java.util.logging.manager").toString()).startsWith("a value is not valid")
                .endsWith(UNKNOWN).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(strings = { "db.password", "my.PassWords[0]", "x.api-token.y", "X_API_TOKEN" })
    void whatMayBeASecretIsNotRepeated(String key) {
        assertThat(sentence("The config property " + key + " with the config value \"s3cr3t\" is bad", key).toString())
                .isEqualTo("some.properties:" + key.length() + ": " + key + ": " + WITHHELD);
    }

    @Test
    void aSecretThatIsMissingIsSaidToBe() {
        assertThat(sentence("SRCFG00014: The config property db.password is required but it could not be found in any config"
                + " source").reason()).startsWith("The config property db.password is required");
    }
}
