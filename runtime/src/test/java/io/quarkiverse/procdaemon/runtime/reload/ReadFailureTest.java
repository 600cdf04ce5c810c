package io.quarkiverse.procdaemon.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class ReadFailureTest {

    @Test
    void readersQuoteOnlyInLinesThatAreLeftOut() {
        RuntimeException thrown = new IllegalStateException("SRCFG00035: Failed to load resource file:/etc/app.yaml",
                new IOException(
                        "mapping values are not allowed here\n in 'reader', line 3, column 9:\n    password: s3cr3t: x"));
        assertThat(text(thrown)).isEqualTo("/etc/app.yaml:3: it cannot be read: mapping values are not allowed here");
    }

    @Test
    void theFileThatCannotBeReadIsFound(@TempDir Path directory) throws IOException {
        Path good = Files.writeString(directory.resolve("good.properties"), "a=b\n");
        Path bad = Files.writeString(directory.resolve("bad.properties"), "a=\\u00zz\n");
        assertThat(ReadFailure.of(new IllegalArgumentException("Malformed"), () -> Set.of(good, bad), text -> text)
                .toString()).isEqualTo(bad + ": it cannot be read: Malformed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "lines:\\n\\tmax: 2 | 2 | while scanning for the next token, found character '\\t(TAB)' that cannot start any token."
                    + " (Do not use \\t(TAB) for indentation)",
            "max: [s3cr3t | 1 | while parsing a flow sequence, expected ',' or ']', but got <stream end>",
            "a: 1\\npassword: s3cr3t: x | 2 | mapping values are not allowed here",
            "password: *s3cr3t | 1 | found undefined alias …",
            "password: 's3cr3t | 1 | while scanning a quoted scalar, found unexpected end of stream",
            "password: \"s3\\\\cr3t\" | 1 | while scanning a double-quoted scalar, found unknown escape character c(99)" })
    void theReasonIsKeptWithoutWhatItQuotes(String text, int line, String reason) {
        String yaml = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
        Throwable malformed = catchThrowable(() -> new Yaml().load(yaml));
        assertThat(text(new IllegalArgumentException("SRCFG00035: Failed to load resource file:/etc/app.yaml",
                new UncheckedIOException(new IOException(malformed)))))
                .isEqualTo("/etc/app.yaml:" + line + ": it cannot be read: " + reason);
    }

    @Test
    void whyAFileIsUnreadable() {
        assertThat(text(new IllegalArgumentException("SRCFG00035: Failed to load resource file:/etc/app.properties",
                new UncheckedIOException(new AccessDeniedException("/etc/app.properties")))))
                .isEqualTo("/etc/app.properties: it cannot be read: Access denied");
    }

    @Test
    void whatOthersSayIsNotShown() {
        assertThat(text(new IllegalStateException("the vault refused s3cr3t", new IOException("s3cr3t is wrong"))))
                .isEqualTo("it cannot be read: IOException, whose message is not shown, since it may hold a secret");
        assertThat(text(new IllegalArgumentException("SRCFG00039: The config property a with the config value \"s3cr3t\" …")))
                .doesNotContain("s3cr3t");
    }

    @Test
    void thePasswordOfAUrlIsNotShown() {
        assertThat(ReadFailure.of(new IllegalArgumentException(
                "SRCFG00035: Failed to load resource https://me:s3cr3t@example.com/app.properties",
                new IOException("Server returned HTTP response code: 500 for URL: https://me:s3cr3t@example.com/x")), Set::of,
                text -> SecretValues.of(Set.of()).mask(text)).toString())
                .isEqualTo("https://me:***@example.com/app.properties: it cannot be read: Server returned HTTP response code:"
                        + " 500 for URL: https://me:***@example.com/x");
    }

    @Test
    void oneThatFightsBackIsNamedByItsClass() {
        assertThat(text(new IllegalStateException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new NullPointerException();
            }

            @Override
            public synchronized Throwable getCause() {
                throw new StackOverflowError();
            }
        })).startsWith("it cannot be read: ").endsWith(", whose message is not shown, since it may hold a secret");
    }

    @Test
    void aLineThatIsNoNumberOfOneIsLeftOut() {
        assertThat(text(new IllegalArgumentException("Malformed at line 99999999999")))
                .isEqualTo("it cannot be read: Malformed at line 99999999999");
    }

    @Test
    void causesInACircleEnd() {
        RuntimeException one = new RuntimeException("x");
        one.initCause(new RuntimeException("y", one));
        assertThat(text(one)).startsWith("it cannot be read: RuntimeException");
    }

    private static String text(Throwable thrown) {
        return ReadFailure.of(thrown, Set::of, text -> text).toString();
    }
}
