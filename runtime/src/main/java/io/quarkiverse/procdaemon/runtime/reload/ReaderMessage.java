package io.quarkiverse.procdaemon.runtime.reload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the reader of a file says about what it cannot read, without what it quotes of it: there may be secrets in it. */
final class ReaderMessage {

    /** SnakeYAML shows the place, and the line that stands there. */
    private static final Pattern QUOTED_LINE = Pattern.compile(" in '.*', line \\d+, column \\d+:|\\s{4,}.*|\\s*\\^\\s*");
    private static final Pattern NAMED = Pattern.compile("(?<=\\b(?:alias|anchor|handle|tag|key|directive):? )\\S+");
    private static final Pattern IN_QUOTES = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
    /** What tokens are called; single characters are what was expected or found. */
    private static final Pattern TOKEN = Pattern.compile("'.?'|'<[\\w -]+>'|'\\\\t\\(TAB\\)'");
    private static final Pattern PLACE = Pattern.compile(" \\(line \\w+\\)$");

    private ReaderMessage() {
    }

    static String of(String message) {
        String said = message.lines().filter(line -> !QUOTED_LINE.matcher(line).matches()).map(String::strip)
                .filter(line -> !line.isEmpty()).collect(Collectors.joining(", "));
        said = NAMED.matcher(said).replaceAll("…");
        said = IN_QUOTES.matcher(said).replaceAll(quoted -> Matcher.quoteReplacement(
                TOKEN.matcher(quoted.group()).matches() ? quoted.group() : "'…'"));
        return PLACE.matcher(said).replaceFirst("");
    }
}
