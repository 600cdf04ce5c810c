package io.quarkiverse.procdaemon;

import java.util.List;

/** There is no subsystem of that name; the message lists those there are, the stack shows who asked. */
public final class SubsystemNotFoundException extends SubsystemException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name the name asked for
     * @param known the names there are
     */
    public SubsystemNotFoundException(String name, List<String> known) {
        super(ErrorCode.SUBSYSTEM_NOT_FOUND, name, "there is no subsystem '" + name + "'; "
                + (known.isEmpty() ? "there are none at all" : "known are " + String.join(", ", known)), null);
    }
}
