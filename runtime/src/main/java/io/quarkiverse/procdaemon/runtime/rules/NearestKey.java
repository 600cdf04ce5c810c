package io.quarkiverse.procdaemon.runtime.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Suggests what was meant by a key or name that does not exist. */
final class NearestKey {

    private NearestKey() {
    }

    /** The most similar key, or else a list of known keys. */
    static String advice(String key, Collection<String> subsystems) {
        String path = key.substring(Keys.PREFIX.length());
        List<String> all = all(subsystems).toList();
        String last = path.substring(path.lastIndexOf('.') + 1);
        Optional<String> nearest = nearest(path, last.length(), all).or(() -> only(elsewhere(last, all)));
        return nearest.map(near -> "did you mean " + Keys.PREFIX + near + "? Correct the key or remove it")
                .orElseGet(() -> known(path, all) + "; correct the key or remove it");
    }

    private static Stream<String> all(Collection<String> subsystems) {
        Stream<String> common = Keys.FIXED.stream().map(key -> key.substring(Keys.PREFIX.length()));
        Stream<String> named = subsystems.stream().map(KnownKey::ofSubsystem)
                .map(section -> section.substring(Keys.PREFIX.length()))
                .flatMap(section -> Keys.OF_SUBSYSTEM.keySet().stream().map(path -> section + "." + path));
        return Stream.concat(common, named);
    }

    private static List<String> elsewhere(String last, List<String> all) {
        return all.stream().filter(key -> key.indexOf('"') < 0 && key.endsWith("." + last)).toList();
    }

    private static Optional<String> only(List<String> found) {
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String known(String path, List<String> all) {
        for (String section = above(path); !section.isEmpty(); section = above(section)) {
            String prefix = section + ".";
            String here = all.stream().filter(key -> key.startsWith(prefix)).map(key -> key.substring(prefix.length()))
                    .filter(rest -> rest.indexOf('"') < 0).sorted().collect(Collectors.joining(", "));
            if (!here.isEmpty()) {
                return "known keys of " + Keys.PREFIX + section + ": " + here;
            }
        }
        TreeSet<String> sections = new TreeSet<>(List.of(Keys.SIGNALS));
        all.forEach(key -> sections.add(key.split("\\.", 2)[0]));
        return "known keys of " + Keys.PREFIX + "* begin with " + String.join(", ", sections);
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    /**
     * The most similar one, if it differs only in a few characters.
     *
     * @param length the length of the part that may be misspelled
     */
    static Optional<String> nearest(String text, int length, Collection<String> others) {
        int most = length < 5 ? 1 : length < 9 ? 2 : 3;
        record Near(String text, int distance) {
        }
        return others.stream().map(other -> new Near(other, distance(plain(text), plain(other))))
                .filter(near -> near.distance() <= most).min(Comparator.comparingInt(Near::distance)).map(Near::text);
    }

    private static String plain(String text) {
        return text.replace("\"", "").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** The Levenshtein distance. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[before.length];
            now[0] = i;
            for (int j = 1; j < now.length; j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
