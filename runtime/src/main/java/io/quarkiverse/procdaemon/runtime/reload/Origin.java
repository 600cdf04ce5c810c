package io.quarkiverse.procdaemon.runtime.reload;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.smallrye.config.ConfigValue;

/**
 * Where something stands.
 *
 * @param source a file, as short as it can be written, or another source by its name; empty if that is not known
 * @param line the line in it; empty if that is not known
 */
record Origin(Optional<String> source, OptionalInt line) {

    static final Origin UNKNOWN = new Origin(Optional.empty(), OptionalInt.empty());

    private static final String DEFAULTS = "DefaultValuesConfigSource";
    private static final Pattern NAME = Pattern.compile("[\\w.$]+\\[source=(.*)]");

    /** Of a value; null is one that is nowhere. */
    static Origin of(ConfigValue value) {
        if (value == null || value.getConfigSourceName() == null || value.getConfigSourceName().equals(DEFAULTS)) {
            return UNKNOWN;
        }
        return new Origin(Optional.of(readable(value.getConfigSourceName())),
                value.getLineNumber() > 0 ? OptionalInt.of(value.getLineNumber()) : OptionalInt.empty());
    }

    /** The file that a source of that name was read from, if it is one. */
    static Optional<Path> file(String sourceName) {
        Matcher matcher = NAME.matcher(sourceName);
        String place = matcher.matches() ? matcher.group(1) : sourceName;
        if (place.startsWith("file:")) {
            try {
                return Optional.of(Path.of(URI.create(place)));
            } catch (IllegalArgumentException odd) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** {@code config/application.properties} for a file below the working directory. */
    static String readable(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
    }

    private static String readable(String sourceName) {
        return file(sourceName).map(Origin::readable).orElseGet(() -> {
            Matcher matcher = NAME.matcher(sourceName);
            return matcher.matches() ? matcher.group(1) : sourceName;
        });
    }
}
