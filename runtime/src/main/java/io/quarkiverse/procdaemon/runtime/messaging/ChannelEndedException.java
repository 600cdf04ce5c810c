package io.quarkiverse.procdaemon.runtime.messaging;

import io.quarkiverse.procdaemon.runtime.engine.run.RestartBudget;

/** A channel will deliver no more messages, so its consumer is deaf until the process is restarted. */
public class ChannelEndedException extends RuntimeException implements RestartBudget.Irreparable {

    private static final long serialVersionUID = 1L;

    ChannelEndedException(String message) {
        super(message, null, false, false);
    }
}
