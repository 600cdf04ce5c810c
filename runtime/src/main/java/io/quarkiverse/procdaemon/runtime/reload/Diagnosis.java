package io.quarkiverse.procdaemon.runtime.reload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.smallrye.config.ConfigValidationException;

/**
 * Says what is wrong with a configuration: which key, where it stands and why. What is said about a key that is not known, or
 * that is a secret, is withheld, since it may quote the value.
 */
final class Diagnosis {

    private static final String OURS = "quarkus.proc-daemon.";
    /** SmallRye's own, after the name of what was thrown. */
    static final Pattern CODE = Pattern.compile("^(?:[\\w.$]+: )?SRCFG\\d{5}: ");
    private static final Pattern THROWABLE = Pattern.compile("^(?:[\\w$]+\\.)+([A-Z][\\w$]*)(?::|$)");
    private static final String PROPERTY = "The config property ";
    /** What says only the names of keys. */
    private static final List<Pattern> WITHOUT_VALUES = List.of(
            Pattern.compile("^The config property (.+) is required but it could not be found.*"),
            Pattern.compile("^Could not expand value .+ in property (.+)$"),
            Pattern.compile("^(.+) in \\S.* does not map to any root$"),
            Pattern.compile("^Recursive expression expansion is too deep for (.+)$"),
            Pattern.compile("^Not allowed to access secret key (.+)$"));
    private static final Pattern FIRST_WORD = Pattern
            .compile("^[\\w-]+(?:\\.(?:[\\w-]+|\"[^\"]*\")(?:\\[\\d+])?)*(?=[ :])");
    private static final String WITHHELD = "its value is not valid; it is not shown, since the key may hold a secret";

    private final Function<String, Origin> origins;
    private final Secrets secrets;
    private final UnaryOperator<String> mask;

    /**
     * @param origins where a key stands
     * @param secrets of the configuration
     * @param mask takes secrets out of a text
     */
    Diagnosis(Function<String, Origin> origins, Secrets secrets, UnaryOperator<String> mask) {
        this.origins = origins;
        this.secrets = secrets;
        this.mask = mask;
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
        Matcher code = CODE.matcher(text);
        String reason = code.replaceFirst("");
        for (Pattern form : WITHOUT_VALUES) {
            Matcher named = form.matcher(reason);
            if (named.matches()) {
                return problem(named.group(1), shown(reason));
            }
        }
        return key(reason).map(key -> problem(key, secrets.contain(key) ? WITHHELD : shown(reason)))
                .orElseGet(() -> new ConfigProblem(Optional.empty(), Optional.empty(), OptionalInt.empty(), withheld(text)));
    }

    private ConfigProblem problem(String key, String reason) {
        Origin origin = origins.apply(key);
        return new ConfigProblem(Optional.of(key), origin.source().map(mask), origin.line(), reason);
    }

    private String shown(String reason) {
        return PlainText.cut(mask.apply(reason), Thrown.MESSAGE);
    }

    private static String withheld(String text) {
        Matcher thrown = THROWABLE.matcher(text);
        return "a value is not valid" + (thrown.find() ? ": a converter threw " + thrown.group(1) : "")
                + "; its message is not shown, since it names no known key and may hold a secret";
    }

    private Optional<String> key(String reason) {
        if (reason.startsWith(PROPERTY)) {
            String rest = reason.substring(PROPERTY.length());
            String name = rest.startsWith("%") ? rest.substring(rest.indexOf('.') + 1) : rest;
            return secrets.keys().stream().filter(key -> name.startsWith(key + " ")).max(Comparator.comparing(String::length));
        }
        Matcher first = FIRST_WORD.matcher(reason);
        return first.find() && isKnown(first.group()) ? Optional.of(first.group()) : Optional.empty();
    }

    /** Also one of which only others of the same group are there, as in a sentence about one that is missing. */
    private boolean isKnown(String key) {
        if (key.startsWith(OURS) || secrets.keys().contains(key)) {
            return true;
        }
        int end = key.lastIndexOf('.');
        String group = (end < 0 ? key : key.substring(0, end)) + ".";
        return !THROWABLE.matcher(key).find() && secrets.keys().stream().anyMatch(other -> other.startsWith(group));
    }
}
