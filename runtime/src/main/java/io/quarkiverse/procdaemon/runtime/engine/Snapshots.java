package io.quarkiverse.procdaemon.runtime.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Status;
import io.quarkiverse.procdaemon.runtime.engine.supervision.Node;

/** What readers get to see of a subsystem: one volatile read, and the rest is immutable. */
final class Snapshots {

    private Snapshots() {
    }

    static SubsystemInfo of(Node node) {
        Status status = node.lifecycle().status();
        SubsystemSettings settings = node.spec().settings();
        List<String> dependents = Arrays.stream(node.dependents()).map(Node::name).toList();
        List<String> waitingFor = status.state() == SubsystemState.WAITING ? node.waitingFor() : List.of();
        return new SubsystemInfo(node.name(), status.state(), status.generation(), status.since(), 0, status.failures(),
                Optional.ofNullable(status.lastFailure()), node.spec().dependsOn(), dependents, waitingFor,
                settings.restart(), settings.critical(), status.healthy(), 0);
    }
}
