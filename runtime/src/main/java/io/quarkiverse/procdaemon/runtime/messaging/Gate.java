package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;

/**
 * Open while all subsystems that a consumer needs are RUNNING and take work. Any thread may call the methods.
 *
 * @param owner the subsystem to which the consumer belongs; null if it belongs to none
 * @param needs all subsystems that it needs, the owner first
 * @param begin begins work of a subsystem; empty if it takes none
 */
record Gate(@Nullable String owner, List<String> needs, Function<String, Optional<WorkInFlight>> begin) {

    /** Admits a message; null if the gate is shut. */
    @Nullable
    Admission admit() {
        List<WorkInFlight> works = new ArrayList<>(needs.size());
        for (String need : needs) {
            Optional<WorkInFlight> work = begin.apply(need);
            if (work.isEmpty()) {
                works.forEach(WorkInFlight::close);
                return null;
            }
            works.add(work.get());
        }
        return new Admission(works);
    }

    /** Whether it would admit a message now. */
    boolean isOpen() {
        Admission admission = admit();
        if (admission != null) {
            admission.close();
        }
        return admission != null;
    }

    /** The owner has failed; nothing if there is none, or if it is not RUNNING. */
    void fail(Throwable cause) {
        if (owner != null) {
            begin.apply(owner).ifPresent(work -> work.fail(cause));
        }
    }
}
