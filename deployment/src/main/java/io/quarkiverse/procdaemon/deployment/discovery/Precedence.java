package io.quarkiverse.procdaemon.deployment.discovery;

/**
 * Which of several beans takes the place of the others, least first.
 *
 * @param level what kind of bean it is
 * @param priority among alternatives, the greater wins; 0 for all others
 */
public record Precedence(Level level, int priority) implements Comparable<Precedence> {

    /** For a bean that says nothing about others. */
    public static final Precedence PLAIN = new Precedence(Level.PLAIN, 0);

    /** The kinds of beans, least first. */
    public enum Level {
        /** A {@code @DefaultBean}, which is there in case there is no other. */
        DEFAULT,
        /** A bean that says nothing about others. */
        PLAIN,
        /** A bean that a build profile or a build property has enabled. */
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
