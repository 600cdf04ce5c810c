package io.quarkiverse.procdaemon.deployment.systemd;

import java.util.regex.Pattern;

/** Texts as systemd reads them in unit files. */
final class UnitValue {

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9:_.-]");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_%/:=.,@+-]+");

    private UnitValue() {
    }

    /** What can be part of the name of a unit and of a directory; whatever cannot becomes a hyphen. */
    static String name(String text) {
        String name = NOT_IN_NAMES.matcher(text).replaceAll("-");
        return name.startsWith(".") ? "-" + name.substring(1) : name;
    }

    /** Plain text: systemd replaces nothing in it. */
    static String text(String text) {
        return text.replace("%", "%%").replaceAll("[\\x00-\\x1f\\x7f]", " ");
    }

    /** A word of a command line. */
    static String word(String text) {
        String word = text(text).replace("$", "$$");
        return PLAIN.matcher(word).matches() ? word : '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
