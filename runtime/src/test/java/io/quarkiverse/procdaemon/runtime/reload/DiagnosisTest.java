package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.config.PropertyName;

class DiagnosisTest {

    private final Diagnosis diagnosis = new Diagnosis(
            key -> new Origin(Optional.of("some.properties"), OptionalInt.of(key.length())),
            new Secrets(Set.of(PropertyName.name("marked.*.it")), List.of("password", "Token")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "SRCFG00014: The config property a.b is required but it could not be found in any config source | a.b",
            "java.lang.IllegalArgumentException: SRCFG00039: The config property a.\"b c\".d with the config value | a.\"b",
            "SRCFG00011: Could not expand value x in property a.b | a.b",
            "SRCFG00050: a.b in PropertiesConfigSource[source=file:/x]:4 does not map to any root | a.b",
            "quarkus.proc-daemon.subsystem.\"x.y\".thread is 'virtual', but | quarkus.proc-daemon.subsystem.\"x.y\".thread",
            "quarkus.proc-daemon.subsystem.\"x\": there is no subsystem | quarkus.proc-daemon.subsystem.\"x\"",
            "a.b (1s) must be greater than a.c (2s); raise the first | a.b" })
    void theKeyIsFoundInWhatIsSaid(String text, String key) {
        assertThat(diagnosis.sentence(text)).satisfies(problem -> {
            assertThat(problem.key()).contains(key);
            assertThat(problem.source()).contains("some.properties");
            assertThat(problem.line()).hasValue(key.length());
            assertThat(problem.reason()).doesNotContain("SRCFG");
        });
    }

    @Test
    void whatNamesNoKeyIsSaidAsItIs() {
        assertThat(diagnosis.sentence("Something is wrong").toString()).isEqualTo("Something is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = { "db.password", "my.PassWords[0]", "x.api-token.y", "marked.any.it" })
    void whatMayBeASecretIsNotRepeated(String key) {
        assertThat(diagnosis.sentence("The config property " + key + " with the config value \"s3cr3t\" is bad").toString())
                .isEqualTo("some.properties:" + key.length() + ": " + key
                        + ": its value is not valid; it is not shown, since the key may hold a secret");
    }

    @Test
    void parsersQuoteOnlyInLinesThatAreLeftOut() {
        RuntimeException thrown = new IllegalStateException("SRCFG00035: Failed to load resource file:/etc/app.yaml",
                new IOException(
                        "mapping values are not allowed here\n in 'reader', line 3, column 9:\n    password: s3cr3t: x"));
        assertThat(Diagnosis.unreadable(thrown, Set::of).toString())
                .isEqualTo("/etc/app.yaml:3: it cannot be read: mapping values are not allowed here");
    }

    @Test
    void theFileThatCannotBeReadIsFound(@TempDir Path directory) throws IOException {
        Path good = Files.writeString(directory.resolve("good.properties"), "a=b\n");
        Path bad = Files.writeString(directory.resolve("bad.properties"), "a=\\u00zz\n");
        assertThat(Diagnosis.unreadable(new IllegalArgumentException("Malformed"), () -> Set.of(good, bad)).toString())
                .isEqualTo(bad + ": it cannot be read: Malformed");
    }
}
