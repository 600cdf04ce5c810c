package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.List;
import java.util.Set;

import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;

/** A subsystem to be: which code it has, the rules it runs under, and the keys that it reads when it starts. */
record Plan(String name, List<String> dependsOn, Set<Phase> code, SubsystemSettings settings, List<String> restartOn) {

    boolean has(Phase phase) {
        return code.contains(phase);
    }

    RestartSettings restart() {
        return settings.restart();
    }

    @Override
    public String toString() {
        RestartSettings r = restart();
        return name + " -> " + dependsOn + " " + code + " " + r.policy() + (settings.critical() ? " critical" : "")
                + (r.shutdownWhenExhausted() ? " exhaustion=shutdown" : "")
                + (settings.stopsDependents() ? "" : " dependents=ignore")
                + " start-timeout=" + settings.startTimeout() + " stop-timeout=" + settings.stopTimeout() + " heartbeat="
                + settings.heartbeatTimeout() + " restarts=" + r.maxRestarts() + "/" + r.window() + " delay=" + r.initialDelay()
                + "*" + r.multiplier() + "<=" + r.maxDelay() + " jitter=" + r.jitter() + " stable=" + r.stableAfter()
                + (r.outages().waitsAtStart() ? " outages-at-start=wait" : "") + " restart-on=" + restartOn;
    }
}
