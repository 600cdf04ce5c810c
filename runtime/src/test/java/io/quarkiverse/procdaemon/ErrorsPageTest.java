package io.quarkiverse.procdaemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The page of error codes says what the constants say. {@code -Derrors.write=true} writes it instead of comparing it.
 */
@Tag("any-jdk")
class ErrorsPageTest {

    private static final Path SOURCE = Path.of("src/main/java/io/quarkiverse/procdaemon/ErrorCode.java");
    private static final Path PAGE = Path.of("../docs/errors.md");

    private static final String HEAD = """
            # Errors

            <!-- Generated from the enum ErrorCode: change it there. -->

            Exceptions of this extension are `DaemonException`s with a code, with which their message begins. `code()`, `category()` and
            `retryable()` return it, its category, and whether the same call may succeed later without any intervention. A bad argument is an
            `IllegalArgumentException`; what else a method throws is in its Javadoc. The numbers are stable; the first digit is that of the
            category.
            """;

    @Test
    void saysWhatTheConstantsSay() throws IOException {
        String page = page(Files.readString(SOURCE));
        if (Boolean.getBoolean("errors.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("docs/errors.md; -Derrors.write=true writes it").isEqualTo(page);
    }

    @Test
    void theFirstDigitIsThatOfTheCategory() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(code.number()).as(code.name()).isBetween(1_000, 9_999);
            assertThat(code.number() / 1_000).as(code.name()).isEqualTo(code.category().ordinal() + 1);
            assertThat(ErrorCode.values()).filteredOn(other -> other.number() == code.number()).containsExactly(code);
        }
    }

    private static String page(String source) {
        StringBuilder page = new StringBuilder(HEAD);
        for (ErrorCode code : ErrorCode.values()) {
            String[] said = comment(source, code).split("<p>", -1);
            assertThat(said).as("what the Javadoc of " + code.name() + " says: what it means, <p>, what to do").hasSize(2);
            page.append("\n## ").append(code).append("\n\n").append(said[0].strip()).append("\n\n**What to do:** ")
                    .append(said[1].strip()).append("\n\n`").append(code.name()).append("`, category ")
                    .append(code.category().name().toLowerCase(Locale.ROOT)).append(", ")
                    .append(code.retryable() ? "may succeed later" : "does not succeed later by itself").append(".\n");
        }
        return page.toString();
    }

    /** Its Javadoc, on one line. */
    private static String comment(String source, ErrorCode code) {
        Matcher constant = Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*" + code.name() + "\\(", Pattern.DOTALL)
                .matcher(source);
        assertThat(constant.find()).as("a Javadoc of " + code.name()).isTrue();
        return constant.group(1).replaceAll("\\n\\s*\\*", " ").replaceAll("\\s+", " ").replaceAll("\\{@code ([^}]*)}", "`$1`");
    }
}
