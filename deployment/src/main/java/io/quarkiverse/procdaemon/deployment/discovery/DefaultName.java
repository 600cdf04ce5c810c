package io.quarkiverse.procdaemon.deployment.discovery;

import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a subsystem that was given none. */
final class DefaultName {

    private static final Pattern WORD_BOUNDARY = Pattern
            .compile("(?<=[\\p{Ll}\\d])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private DefaultName() {
    }

    /** The simple class name in kebab-case: {@code LineIngest} becomes {@code line-ingest}. */
    static String of(String simpleClassName) {
        return WORD_BOUNDARY.matcher(simpleClassName).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
