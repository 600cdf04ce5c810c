package io.quarkiverse.procdaemon.runtime.engine.foreign;

/** Makes text of unknown origin fit for a log line, a row of a table or a value in health data. */
public final class PlainText {

    private static final String CUT = "…";

    private PlainText() {
    }

    /**
     * Escapes control characters, such as {@code \n} or {@code \u001b}, so that the text can neither begin a new line nor
     * control a terminal; also the characters that end a line or change the direction of text in Unicode, and unpaired
     * surrogates.
     */
    public static String escape(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (isOdd(text, i)) {
                return escapeFrom(i, text);
            }
        }
        return text;
    }

    private static String escapeFrom(int first, String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!isOdd(text, i)) {
                escaped.append(character);
            } else if (character == '\n') {
                escaped.append("\\n");
            } else if (character == '\r') {
                escaped.append("\\r");
            } else if (character == '\t') {
                escaped.append("\\t");
            } else {
                escaped.append("\\u").append(Integer.toHexString(0x10000 | character), 1, 5);
            }
        }
        return escaped.toString();
    }

    private static boolean isOdd(String text, int index) {
        char character = text.charAt(index);
        if (character >= ' ' && character < 0x7f) {
            return false;
        }
        if (Character.isHighSurrogate(character)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(character)) {
            return index == 0 || !Character.isHighSurrogate(text.charAt(index - 1));
        }
        return Character.isISOControl(character) || character >= 0x2028 && character <= 0x202e
                || character >= 0x2066 && character <= 0x2069;
    }

    /** At most the first {@code most} characters; a truncated text ends with an ellipsis. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
