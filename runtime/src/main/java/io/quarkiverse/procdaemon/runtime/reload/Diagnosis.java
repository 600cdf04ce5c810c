package io.quarkiverse.procdaemon.runtime.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;

/**
 * Says what is wrong with a configuration: which key, where it stands and why. Values are told apart from the words around
 * them, so that none of a secret is repeated.
 */
final class Diagnosis {

    private static final Pattern CODE = Pattern.compile("^(?:[\\w.$]+: )?SRCFG\\d{5}: ");
    /** How messages about one key name it. */
    private static final Pattern KEY = Pattern
            .compile("(?:[Cc]onfig property |in property )(\\S+)|^(\\S+) in \\S.* does not map to any root");
    private static final Pattern FIRST_WORD = Pattern.compile("^[\\w-]+(?:\\.(?:[\\w-]+|\"[^\"]*\")(?:\\[\\d+])?)+(?=[ :])");
    private static final Pattern RESOURCE = Pattern.compile("(?:load resource|The file) (\\S+)");
    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)");
    private static final String WITHHELD = "its value is not valid; it is not shown, since the key may hold a secret";

    private final Function<String, Origin> origins;
    private final Secrets secrets;

    /** @param origins where a key stands */
    Diagnosis(Function<String, Origin> origins, Secrets secrets) {
        this.origins = origins;
        this.secrets = secrets;
    }

    List<ConfigProblem> of(ConfigValidationException invalid) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (int i = 0; i < invalid.getProblemCount(); i++) {
            problems.add(sentence(String.valueOf(invalid.getProblem(i).getMessage())));
        }
        return problems;
    }

    /** Of a sentence about a key, which it names first or as SmallRye does. */
    ConfigProblem sentence(String text) {
        String reason = CODE.matcher(text).replaceFirst("");
        Optional<String> key = key(reason);
        if (key.isEmpty()) {
            return new ConfigProblem(key, Optional.empty(), OptionalInt.empty(), reason);
        }
        Origin origin = origins.apply(key.get());
        return new ConfigProblem(key, origin.source(), origin.line(), secrets.contains(key.get()) ? WITHHELD : reason);
    }

    /**
     * Of what was thrown while the sources were read. Parsers quote what they cannot read after the first line.
     *
     * @param files those that were read, if the message does not say which it was
     */
    static ConfigProblem unreadable(Throwable thrown, Supplier<Set<Path>> files) {
        Optional<String> source = Optional.empty();
        OptionalInt line = OptionalInt.empty();
        Throwable deepest = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            Matcher resource = RESOURCE.matcher(message);
            if (source.isEmpty() && resource.find()) {
                source = Optional.of(Origin.file(resource.group(1)).map(Origin::readable).orElse(resource.group(1)));
            }
            Matcher place = LINE.matcher(message);
            if (place.find()) {
                line = OptionalInt.of(Integer.parseInt(place.group(1)));
            }
            deepest = cause;
        }
        return new ConfigProblem(Optional.empty(), source.or(() -> suspects(files.get())), line,
                "it cannot be read: " + firstLine(deepest));
    }

    /** Not all parsers say which file they could make no sense of. */
    private static Optional<String> suspects(Set<Path> files) {
        Optional<Path> malformed = files.stream().filter(Diagnosis::isMalformed).findFirst();
        return malformed.map(Origin::readable).or(() -> {
            String others = files.stream().filter(file -> !isProperties(file) && Files.isRegularFile(file))
                    .map(Origin::readable).sorted().collect(Collectors.joining(" or "));
            return Optional.of(others).filter(names -> !names.isEmpty());
        });
    }

    private static boolean isProperties(Path file) {
        return file.toString().endsWith(".properties");
    }

    private static String firstLine(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getName()
                : CODE.matcher(thrown.getMessage().lines().findFirst().orElse("")).replaceFirst("");
    }

    private static boolean isMalformed(Path file) {
        try {
            if (isProperties(file) && Files.isRegularFile(file)) {
                new PropertiesConfigSource(file.toUri().toURL());
            }
            return false;
        } catch (IOException | RuntimeException malformed) {
            return true;
        }
    }

    private static Optional<String> key(String reason) {
        Matcher named = KEY.matcher(reason);
        if (named.find()) {
            return Optional.of(named.group(1) != null ? named.group(1) : named.group(2));
        }
        Matcher first = FIRST_WORD.matcher(reason);
        return first.find() ? Optional.of(first.group()) : Optional.empty();
    }
}
