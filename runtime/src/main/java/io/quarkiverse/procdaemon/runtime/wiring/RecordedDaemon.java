package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;
import java.util.Map;

import io.quarkiverse.procdaemon.runtime.reload.LiveMapping;
import io.quarkiverse.procdaemon.runtime.reload.RestartKeys;

/**
 * What the build knows of the daemon, to be recorded.
 *
 * @param subsystems the subsystems of this build
 * @param mappings those that are injected as {@code LiveConfig}
 * @param restartKeys the keys whose changes require a restart
 * @param channels the incoming channels of messages, each with why no message can be kept from its consumer, if none can
 * @param built the values of the keys that only the build reads; those without a value are empty
 */
public record RecordedDaemon(List<SubsystemDefinition> subsystems, List<LiveMapping> mappings, RestartKeys restartKeys,
        Map<String, String> channels, Map<String, String> built) {

    /** Whether the application has a control socket. */
    boolean hasControl() {
        return "true".equals(built.get("quarkus.proc-daemon.control.enabled"));
    }
}
