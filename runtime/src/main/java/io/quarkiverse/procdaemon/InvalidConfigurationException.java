package io.quarkiverse.procdaemon;

import java.util.List;

/** Invalid declarations or configuration, with all problems found. */
public final class InvalidConfigurationException extends DaemonException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * @param code {@link ErrorCode#INVALID_SUBSYSTEMS} or {@link ErrorCode#INVALID_CONFIGURATION}
     * @param what what is invalid, for example {@code the configuration of the subsystems}
     * @param problems each a full sentence; at least one
     */
    public InvalidConfigurationException(ErrorCode code, String what, List<String> problems) {
        super(code, what + " has " + (problems.size() == 1 ? "a problem" : problems.size() + " problems") + ":\n  - "
                + String.join("\n  - ", problems), null);
        this.problems = List.copyOf(problems);
    }

    /** All problems, each a full sentence. */
    public List<String> problems() {
        return problems;
    }
}
