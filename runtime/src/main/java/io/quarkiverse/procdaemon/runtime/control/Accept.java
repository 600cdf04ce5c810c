package io.quarkiverse.procdaemon.runtime.control;

import java.util.Locale;

/** The header {@code Accept}: whether a client prefers JSON to text. Text is what clients get that do not care. */
final class Accept {

    private static final String[] JSON = { Answer.JSON, Answer.PROBLEM, "application/x-ndjson" };
    private static final String[] TEXT = { "text/plain" };

    /** The ranges {@code *}{@code /*}, {@code application/*} and {@code application/json}. */
    private enum Match {
        NONE,
        ANY,
        TYPE,
        EXACT
    }

    private Match best = Match.NONE;
    private double quality;

    private Accept() {
    }

    /** With equal qualities JSON is preferred only if it is meant more exactly, or is named. */
    static boolean prefersJson(String header) {
        Accept json = of(header, JSON);
        Accept text = of(header, TEXT);
        if (json.quality != text.quality) {
            return json.quality > text.quality;
        }
        return json.quality > 0 && (json.best == Match.EXACT || json.best.compareTo(text.best) > 0);
    }

    /** The range that fits one of the types best decides. */
    private static Accept of(String header, String... types) {
        Accept accept = new Accept();
        for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parameters = part.split(";");
            for (String type : types) {
                accept.add(match(parameters[0].strip(), type), quality(parameters));
            }
        }
        return accept;
    }

    private void add(Match match, double itsQuality) {
        if (match.compareTo(best) > 0 || match == best && itsQuality > quality && match != Match.NONE) {
            best = match;
            quality = itsQuality;
        }
    }

    private static Match match(String range, String type) {
        if (range.equals(type)) {
            return Match.EXACT;
        } else if (range.equals(type.substring(0, type.indexOf('/') + 1) + "*")) {
            return Match.TYPE;
        }
        return range.equals("*/*") ? Match.ANY : Match.NONE;
    }

    /** What is malformed counts as missing. */
    private static double quality(String[] parameters) {
        for (int i = 1; i < parameters.length; i++) {
            String parameter = parameters[i].strip();
            if (parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
