package io.quarkiverse.procdaemon.runtime.reload;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.reload.file.IoReason;
import io.smallrye.config.PropertiesConfigSource;

/**
 * Says why the sources of a configuration could not be read: which file, which line and what its reader says, without what it
 * quotes of the file.
 */
final class ReadFailure {

    private static final int DEEPEST = 20;
    private static final Pattern RESOURCE = Pattern.compile("(?:load resource|The file) (\\S+)");
    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d{1,9})\\b");
    /** Messages of SmallRye that repeat names and places only. */
    private static final Pattern WITHOUT_VALUES = Pattern.compile("SRCFG000(?:11|18|24|25|33|34|35|46): .*", Pattern.DOTALL);

    /** SnakeYAML shows the place, and the line that stands there. */
    private static final Pattern QUOTED_LINE = Pattern.compile(" in '.*', line \\d+, column \\d+:|\\s{4,}.*|\\s*\\^\\s*");
    private static final Pattern NAMED = Pattern.compile("(?<=\\b(?:alias|anchor|handle|tag|key|directive):? )\\S+");
    private static final Pattern IN_QUOTES = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
    /** What tokens are called; single characters are what was expected or found. */
    private static final Pattern TOKEN = Pattern.compile("'.?'|'<[\\w -]+>'|'\\\\t\\(TAB\\)'");
    private static final Pattern PLACE = Pattern.compile(" \\(line \\w+\\)$");

    private final Supplier<Set<Path>> files;
    private final UnaryOperator<String> mask;
    private Optional<String> source = Optional.empty();
    private OptionalInt line = OptionalInt.empty();
    private @Nullable String reason;
    private @Nullable Throwable deepest;

    private ReadFailure(Supplier<Set<Path>> files, UnaryOperator<String> mask) {
        this.files = files;
        this.mask = mask;
    }

    /**
     * @param files those that were read, if the message does not say which it was
     * @param mask takes secrets out of a text
     */
    static ConfigProblem of(Throwable thrown, Supplier<Set<Path>> files, UnaryOperator<String> mask) {
        ReadFailure failure = new ReadFailure(files, mask);
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            failure.look(cause);
            Throwable next = orNull(cause::getCause);
            cause = next == cause ? null : next;
        }
        return failure.problem();
    }

    /** What a method of an exception returns, which may be anybody's; null if it throws. */
    private static <T> @Nullable T orNull(Supplier<@Nullable T> method) {
        try {
            return method.get();
        } catch (RuntimeException | Error failed) {
            return null;
        }
    }

    private void look(Throwable cause) {
        deepest = cause;
        String message = String.valueOf(orNull(cause::getMessage));
        Matcher resource = RESOURCE.matcher(message);
        if (source.isEmpty() && resource.find()) {
            source = Optional.of(mask.apply(Origin.file(resource.group(1)).map(Origin::readable).orElse(resource.group(1))));
        }
        Matcher place = LINE.matcher(message);
        if (place.find()) {
            line = OptionalInt.of(Integer.parseInt(place.group(1)));
        }
        if (cause instanceof FileSystemException || cause instanceof FileNotFoundException) {
            reason = IoReason.of((IOException) cause);
        } else if (isOfAReader(cause, message)) {
            reason = withoutQuotes(Diagnosis.CODE.matcher(message).replaceFirst(""));
        }
    }

    private boolean isOfAReader(Throwable cause, String message) {
        return WITHOUT_VALUES.matcher(message).matches() || cause.getClass().getName().startsWith("org.yaml.snakeyaml.")
                || cause instanceof IOException && source.isPresent()
                || cause instanceof IllegalArgumentException && message.startsWith("Malformed");
    }

    /** What a reader says, without what it quotes of the file: there may be secrets in it. */
    private static String withoutQuotes(String message) {
        String shown = message.lines().filter(line -> !QUOTED_LINE.matcher(line).matches()).map(String::strip)
                .filter(line -> !line.isEmpty()).collect(Collectors.joining(", "));
        shown = NAMED.matcher(shown).replaceAll("…");
        shown = IN_QUOTES.matcher(shown).replaceAll(quoted -> Matcher.quoteReplacement(
                TOKEN.matcher(quoted.group()).matches() ? quoted.group() : "'…'"));
        return PLACE.matcher(shown).replaceFirst("");
    }

    private ConfigProblem problem() {
        return new ConfigProblem(Optional.empty(), source.or(this::suspects), line, "it cannot be read: "
                + (reason != null ? mask.apply(reason)
                        : deepest.getClass().getSimpleName() + ", whose message is not shown, since it may hold a secret"));
    }

    /** Not all readers say which file they could make no sense of. */
    private Optional<String> suspects() {
        Set<Path> read = files.get();
        Optional<Path> malformed = read.stream().filter(ReadFailure::isMalformed).findFirst();
        return malformed.map(Origin::readable).or(() -> {
            String others = read.stream().filter(file -> !isProperties(file) && Files.isRegularFile(file))
                    .map(Origin::readable).sorted().collect(Collectors.joining(" or "));
            return Optional.of(others).filter(names -> !names.isEmpty());
        });
    }

    private static boolean isProperties(Path file) {
        return file.toString().endsWith(".properties");
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
}
