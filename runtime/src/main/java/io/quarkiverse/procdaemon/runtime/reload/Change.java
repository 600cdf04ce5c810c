package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.quarkiverse.procdaemon.ConfigChange;

/** The step from one snapshot to another. */
final class Change implements ConfigChange {

    private final Snapshot from;
    private final Snapshot to;
    private final Set<String> changed;

    /** @param changed kept as it is */
    Change(Snapshot from, Snapshot to, Set<String> changed) {
        this.from = from;
        this.to = to;
        this.changed = changed;
    }

    /** The step back. */
    Change inverse() {
        return new Change(to, from, changed);
    }

    @Override
    public Set<String> changed() {
        return changed;
    }

    @Override
    public boolean affects(String prefix) {
        return changed.stream().anyMatch(key -> continues(key, prefix));
    }

    /** Whether a key begins with a whole prefix; all begin with the empty one. */
    static boolean continues(String key, String prefix) {
        return prefix.isEmpty()
                || key.startsWith(prefix) && (key.length() == prefix.length() || key.charAt(prefix.length()) == '.'
                        || key.charAt(prefix.length()) == '[');
    }

    /** Which key a veto is about: the only one that has changed, or the only changed one that it names; empty if unclear. */
    Optional<String> keyOf(String veto) {
        List<String> meant = changed.size() == 1 ? List.copyOf(changed)
                : changed.stream().filter(key -> names(veto, key)).toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    /** As a whole, not as the beginning or end of another. */
    private static boolean names(String text, String key) {
        return Pattern.compile("(?<![\\w.\"-])" + Pattern.quote(key) + "(?!\\.?[\\w\"\\[-])").matcher(text).find();
    }

    @Override
    public long epoch() {
        return to.epoch();
    }

    @Override
    public <T> T previous(Class<T> mapping) {
        return from.get(mapping);
    }

    @Override
    public <T> T next(Class<T> mapping) {
        return to.get(mapping);
    }
}
