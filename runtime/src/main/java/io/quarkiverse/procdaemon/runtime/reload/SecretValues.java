package io.quarkiverse.procdaemon.runtime.reload;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.smallrye.config.common.utils.StringUtil;

/**
 * Masks secrets in texts: values that are long enough not to be a word by chance, wherever they occur, whole or as an item of a
 * list or a line of several; and the password in any URL. Never changes.
 */
final class SecretValues {

    /** Shorter ones are withheld with their own keys only: they occur in other words. */
    static final int SHORTEST = 8;

    private static final String MASK = "***";
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("(//[^\\s/:@]*:)[^\\s/]*@");

    private final Set<String> values;

    private SecretValues(Set<String> values) {
        this.values = values;
    }

    static SecretValues of(Collection<String> values) {
        Set<String> parts = new LinkedHashSet<>();
        for (String value : values) {
            add(parts, value);
            for (String item : StringUtil.split(value)) {
                add(parts, item);
            }
            for (String line : value.split("[\\r\\n]+")) {
                add(parts, line);
            }
        }
        return new SecretValues(parts);
    }

    private static void add(Set<String> parts, String part) {
        String stripped = part.strip();
        if (stripped.length() >= SHORTEST) {
            parts.add(stripped);
        }
    }

    /** These, and the latest of older ones; at most so many, unless these are more. */
    SecretValues after(SecretValues older, int most) {
        Set<String> all = new LinkedHashSet<>(older.values);
        all.removeAll(values);
        int room = Math.max(0, most - values.size());
        List<String> inOrder = new ArrayList<>(all);
        Set<String> kept = new LinkedHashSet<>(inOrder.subList(Math.max(0, all.size() - room), all.size()));
        kept.addAll(values);
        return new SecretValues(kept);
    }

    /** The text itself if nothing in it has to be masked. */
    String mask(String text) {
        BitSet secret = new BitSet();
        for (String value : values) {
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
                secret.set(at, at + value.length());
            }
        }
        String masked = secret.isEmpty() ? text : without(text, secret);
        return masked.contains("//") ? PASSWORD_IN_URL.matcher(masked).replaceAll("$1" + MASK + "@") : masked;
    }

    private static String without(String text, BitSet secret) {
        StringBuilder masked = new StringBuilder();
        for (int at = 0; at < text.length();) {
            int begin = secret.nextSetBit(at);
            if (begin < 0) {
                return masked.append(text, at, text.length()).toString();
            }
            masked.append(text, at, begin).append(MASK);
            at = secret.nextClearBit(begin);
        }
        return masked.toString();
    }
}
