package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which key a veto is about. */
final class VetoedKey {

    private VetoedKey() {
    }

    /** The only one that has changed, or the only one of them that the veto names; empty if it could be several. */
    static Optional<String> of(String reason, Set<String> changed) {
        List<String> meant = changed.size() == 1 ? List.copyOf(changed)
                : changed.stream().filter(key -> names(reason, key)).toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    /** As a whole, not as the beginning or end of another. */
    private static boolean names(String reason, String key) {
        return Pattern.compile("(?<![\\w.\"-])" + Pattern.quote(key) + "(?!\\.?[\\w\"\\[-])").matcher(reason).find();
    }
}
