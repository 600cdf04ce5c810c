package io.quarkiverse.procdaemon;

import java.util.List;

/** There is no subsystem of that name; the message lists the known ones. */
public final class SubsystemNotFoundException extends SubsystemException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name the unknown name
     * @param known the known names
     */
    public SubsystemNotFoundException(String name, List<String> known) {
        super(ErrorCode.SUBSYSTEM_NOT_FOUND, name, "there is no subsystem '" + name + "'; "
                + (known.isEmpty() ? "there are no subsystems" : "known subsystems: " + String.join(", ", known)), null);
    }
}
