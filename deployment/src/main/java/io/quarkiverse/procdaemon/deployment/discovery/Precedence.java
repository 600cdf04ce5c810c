package io.quarkiverse.procdaemon.deployment.discovery;

/**
 * Which of several beans replaces the others; the greatest one does.
 *
 * @param level what kind of bean it is
 * @param priority the priority of an alternative; 0 for all others
 */
public record Precedence(Level level, int priority) implements Comparable<Precedence> {

    /** Of an ordinary bean. */
    public static final Precedence PLAIN = new Precedence(Level.PLAIN, 0);

    /** The kinds of beans, in ascending order. */
    public enum Level {
        /** A {@code @DefaultBean}. */
        DEFAULT,
        /** An ordinary bean. */
        PLAIN,
        /** A bean enabled by a build profile or a build property. */
        CONDITIONAL,
        /** A selected alternative. */
        ALTERNATIVE
    }

    @Override
    public int compareTo(Precedence other) {
        int levels = level.compareTo(other.level);
        return levels != 0 ? levels : Integer.compare(priority, other.priority);
    }
}
