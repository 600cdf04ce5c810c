package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.util.ArrayDeque;

import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.time.Nanos;

/**
 * The budget of restarts: so many in a window that slides (the <em>restart intensity</em> of Erlang/OTP's supervisor). It holds
 * the moments of the restarts in the window, so never more than are allowed.
 */
final class RestartIntensity {

    private final ArrayDeque<Long> restarts = new ArrayDeque<>(2);

    /** Whether one more restart is allowed now; if so it counts. */
    boolean permit(long nanos, RestartSettings settings) {
        if (settings.maxRestarts() == RestartSettings.UNLIMITED) {
            return true;
        }
        while (!restarts.isEmpty() && nanos - restarts.peek() >= Nanos.of(settings.window())) {
            restarts.remove();
        }
        return restarts.size() < settings.maxRestarts() && restarts.add(nanos);
    }
}
