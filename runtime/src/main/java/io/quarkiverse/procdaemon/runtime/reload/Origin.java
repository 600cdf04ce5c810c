package io.quarkiverse.procdaemon.runtime.reload;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;

/**
 * Where something stands.
 *
 * @param source a file, as short as it can be written, or another source by its name; empty if that is not known
 * @param line the line in it; empty if that is not known
 */
public record Origin(Optional<String> source, OptionalInt line) {

    static final Origin UNKNOWN = new Origin(Optional.empty(), OptionalInt.empty());

    private static final String DEFAULTS = "DefaultValuesConfigSource";
    private static final Map<String, String> KINDS = Map.of("SysPropConfigSource", "system property", "EnvConfigSource",
            "environment variable");
    private static final Pattern NAME = Pattern.compile("[\\w.$]+\\[source=(.*)]");

    /** The same problem with its source as people know it; if it has none, with where its key stands in that configuration. */
    public static ConfigProblem locate(SmallRyeConfig config, ConfigProblem problem) {
        Origin origin = problem.source().map(source -> of(source, problem.line())).orElseGet(() -> problem.key()
                .map(key -> SecretKeys.doUnlocked(() -> of(config.getConfigValue(key)))).orElse(UNKNOWN));
        return new ConfigProblem(problem.key(), origin.source(), origin.line(), problem.reason());
    }

    /** Of a value; null is one that is nowhere. */
    static Origin of(@Nullable ConfigValue value) {
        if (value == null || value.getConfigSourceName() == null) {
            return UNKNOWN;
        }
        return of(value.getConfigSourceName(),
                value.getLineNumber() > 0 ? OptionalInt.of(value.getLineNumber()) : OptionalInt.empty());
    }

    private static Origin of(String sourceName, OptionalInt line) {
        return sourceName.equals(DEFAULTS) ? UNKNOWN : new Origin(Optional.of(readable(sourceName)), line);
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
            return matcher.matches() ? matcher.group(1) : KINDS.getOrDefault(sourceName, sourceName);
        });
    }
}
