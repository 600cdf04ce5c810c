package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.List;

import io.quarkiverse.procdaemon.runtime.reload.LiveMapping;
import io.quarkiverse.procdaemon.runtime.reload.RestartKeys;

/**
 * What the build knows of reloads, to be recorded.
 *
 * @param mappings those that are injected as {@code LiveConfig}
 * @param restartKeys what only a restart takes up
 */
public record ReloadFacts(List<LiveMapping> mappings, RestartKeys restartKeys) {
}
