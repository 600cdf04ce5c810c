package io.quarkiverse.procdaemon.runtime.reload;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SecretKeys;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.common.utils.StringUtil;

/**
 * Where something stands.
 *
 * @param source a file, as short as it can be written, or another source by its name; empty if that is not known
 * @param line the line in it; empty if that is not known
 */
public record Origin(Optional<String> source, OptionalInt line) {

    static final Origin UNKNOWN = new Origin(Optional.empty(), OptionalInt.empty());

    private static final String DEFAULTS = "DefaultValuesConfigSource";
    private static final String ENVIRONMENT = "EnvConfigSource";
    private static final Map<String, String> KINDS = Map.of("SysPropConfigSource", "system property", ENVIRONMENT,
            "environment variable");
    private static final Pattern NAME = Pattern.compile("[\\w.$]+\\[source=(.*)]");

    /** The same problem with its source as people know it; if it has none, with where its key stands in that configuration. */
    public static ConfigProblem locate(SmallRyeConfig config, ConfigProblem problem) {
        Origin origin = problem.source().map(source -> of(source, problem.line(), problem.key().orElse("")))
                .orElseGet(() -> problem.key().map(key -> SecretKeys.doUnlocked(() -> of(value(config, key)))).orElse(UNKNOWN));
        return new ConfigProblem(problem.key(), origin.source(), origin.line(), problem.reason());
    }

    /** That of a list may be written item by item. */
    private static ConfigValue value(SmallRyeConfig config, String key) {
        ConfigValue value = config.getConfigValue(key);
        return value.getValue() == null ? config.getConfigValue(key + "[0]") : value;
    }

    /** Of a value; null is one that is nowhere. */
    static Origin of(@Nullable ConfigValue value) {
        if (value == null || value.getConfigSourceName() == null) {
            return UNKNOWN;
        }
        return of(value.getConfigSourceName(),
                value.getLineNumber() > 0 ? OptionalInt.of(value.getLineNumber()) : OptionalInt.empty(), value.getName());
    }

    private static Origin of(String sourceName, OptionalInt line, String key) {
        return sourceName.equals(DEFAULTS) ? UNKNOWN
                : new Origin(Optional.of(readable(sourceName) + (sourceName.equals(ENVIRONMENT) ? variable(key) : "")), line);
    }

    /** The variable that sets a key, if it is one of this process. */
    private static String variable(String key) {
        String name = StringUtil.replaceNonAlphanumericByUnderscores(key);
        // A quote at the end is one underscore or two.
        String shorter = name.endsWith("__") ? name.substring(0, name.length() - 1) : name;
        return Stream.of(name, shorter).flatMap(each -> Stream.of(each.toUpperCase(Locale.ROOT), each))
                .filter(each -> System.getenv(each) != null).findFirst().map(each -> " " + each).orElse("");
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
