package io.quarkiverse.procdaemon.runtime.control;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a request is about: its path and its query.
 *
 * @param path as sent
 * @param segments its parts, decoded
 * @param query the parameters, decoded; empty for one without a value
 */
record Target(String path, List<String> segments, Map<String, String> query) {

    /** @throws Problem if it is malformed */
    static Target of(String target) {
        if (!target.startsWith("/")) {
            throw Problem.of(400, "The path does not begin with /; list the requests with GET /v1");
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        List<String> segments = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            segments.add(decode(part));
        }
        if (segments.size() > 1 && segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return new Target(path, List.copyOf(segments), query(mark < 0 ? "" : target.substring(mark + 1)));
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new LinkedHashMap<>();
        if (text.isEmpty()) {
            return query;
        }
        for (String part : text.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            if (query.put(name, equals < 0 ? "" : decode(part.substring(equals + 1))) != null) {
                throw Problem.of(400, "The parameter " + name + " appears twice; remove one");
            }
        }
        return query;
    }

    private static String decode(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '%') {
                bytes.put(escaped(text, i));
                i += 2;
            } else if (letter > ' ' && letter < 0x7f) {
                bytes.put((byte) letter);
            } else {
                throw malformed();
            }
        }
        try {
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            if (decoded.chars().anyMatch(Character::isISOControl)) {
                throw malformed();
            }
            return decoded;
        } catch (CharacterCodingException notText) {
            throw malformed();
        }
    }

    private static byte escaped(String text, int at) {
        int high = at + 2 < text.length() ? hex(text.charAt(at + 1)) : -1;
        int low = high < 0 ? -1 : hex(text.charAt(at + 2));
        if (low < 0) {
            throw malformed();
        }
        return (byte) (high << 4 | low);
    }

    /** Of ASCII only. */
    private static int hex(char digit) {
        return digit < 0x7f ? Character.digit(digit, 16) : -1;
    }

    private static Problem malformed() {
        return Problem.of(400, "The path or query has a character that is not allowed, or a wrong escape; "
                + "escape others than letters and digits as in %2F");
    }
}
