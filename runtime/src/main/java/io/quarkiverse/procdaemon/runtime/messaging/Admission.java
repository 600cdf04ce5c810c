package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.List;

import io.quarkiverse.procdaemon.runtime.engine.run.Run.WorkInFlight;

/**
 * A message in work, as work in flight of all subsystems that its consumer needs. Any thread may call the methods.
 *
 * @param works that of the consumer's own subsystem first, if it has one
 */
record Admission(List<WorkInFlight> works) {

    /** The consumer is done with the message. */
    void close() {
        works.forEach(WorkInFlight::close);
    }

    /** The consumer has failed, and so has its subsystem. Of several messages that fail in one run the first says why. */
    void fail(Throwable cause) {
        if (!works.get(0).hasRunFailed()) {
            works.get(0).fail(cause);
        }
        close();
    }
}
