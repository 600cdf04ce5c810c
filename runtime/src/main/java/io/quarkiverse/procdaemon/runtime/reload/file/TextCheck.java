package io.quarkiverse.procdaemon.runtime.reload.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Looks at the lines of a file: bytes that are no text, and what a merge left behind. Each is a flaw once, where it is first.
 */
final class TextCheck {

    private static final Pattern SIDE = Pattern.compile("(?:<{7}|>{7})(?: .*)?");
    private static final String BETWEEN = "=======";
    private static final char LOST = '\uFFFD';

    private static final String NUL = "a NUL character stands here, as in a file in UTF-16 or of another kind; save it as UTF-8";
    private static final String MERGE = "a merge left its markers here (<<<<<<<, =======, >>>>>>>); resolve the conflict and remove"
            + " them";
    private static final String LOST_IN_KEY = "a key contains U+FFFD, which stands for characters that were lost; write the key"
            + " again";
    private static final String NOT_UTF_8 = "what stands here is not in UTF-8; save the file as UTF-8 without BOM";

    private final boolean properties;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    TextCheck(Path file) {
        String name = String.valueOf(file.getFileName());
        properties = name.endsWith(".properties") || name.equals(".env");
    }

    List<Flaw> flaws(byte[] bytes) {
        int number = 0;
        boolean continued = false;
        // In this charset each byte is a character, whatever it is.
        for (Iterator<String> all = new String(bytes, StandardCharsets.ISO_8859_1).lines().iterator(); all.hasNext();) {
            String line = all.next();
            check(++number, line, continued);
            continued = line.endsWith("\\");
        }
        return lines.entrySet().stream().map(flaw -> Flaw.at(flaw.getValue(), flaw.getKey())).toList();
    }

    private void check(int number, String bytes, boolean continued) {
        if (bytes.indexOf(0) >= 0) {
            lines.putIfAbsent(NUL, number);
        }
        if (SIDE.matcher(bytes).matches() || properties && !continued && bytes.equals(BETWEEN)) {
            lines.putIfAbsent(MERGE, number);
        }
        if (isComment(bytes)) {
            return;
        }
        try {
            String line = utf8.decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))).toString();
            int lost = line.indexOf(LOST);
            if (lost >= 0 && lost < endOfKey(line)) {
                lines.putIfAbsent(LOST_IN_KEY, number);
            }
        } catch (CharacterCodingException other) {
            lines.putIfAbsent(NOT_UTF_8, number);
        }
    }

    private boolean isComment(String line) {
        String text = line.strip();
        return text.startsWith("#") || properties && text.startsWith("!");
    }

    private static int endOfKey(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '=' || line.charAt(i) == ':') {
                return i;
            }
        }
        return line.length();
    }
}
