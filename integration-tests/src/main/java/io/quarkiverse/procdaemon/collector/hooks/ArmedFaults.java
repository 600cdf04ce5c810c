package io.quarkiverse.procdaemon.collector.hooks;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

/** Which methods fail, and how. */
@Singleton
class ArmedFaults {

    private final Map<String, Armed> armed = new ConcurrentHashMap<>();

    ArmedFaults(HookConfig config) {
        if (config.enabled()) {
            config.faults().forEach((method, fault) -> arm(method, fault, false));
        }
    }

    private record Armed(Fault fault, boolean once) {
    }

    void arm(String method, Fault fault, boolean once) {
        armed.put(method, new Armed(fault, once));
    }

    void disarm(String method) {
        armed.remove(method);
    }

    boolean isArmed(String method) {
        return armed.containsKey(method);
    }

    /** The fault of this call; null if there is none. */
    Fault take(String method) {
        Armed found = armed.get(method);
        boolean due = found != null && (!found.once() || armed.remove(method, found));
        return due ? found.fault() : null;
    }
}
