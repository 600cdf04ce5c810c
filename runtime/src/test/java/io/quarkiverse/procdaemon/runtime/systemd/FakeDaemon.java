package io.quarkiverse.procdaemon.runtime.systemd;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;

/** A daemon that is as a test wants it to be. */
final class FakeDaemon {

    final List<SubsystemInfo> subsystems = new ArrayList<>();
    DaemonState state = DaemonState.STARTING;
    boolean stuck;
    String hungRun;

    DaemonInternals daemon() {
        return (DaemonInternals) Proxy.newProxyInstance(FakeDaemon.class.getClassLoader(),
                new Class<?>[] { DaemonInternals.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "state" -> state;
                    case "hasStarted" -> state != DaemonState.STARTING;
                    case "isStuck" -> stuck;
                    case "hungRun" -> Optional.ofNullable(hungRun);
                    case "inFlight" -> subsystems.stream().mapToInt(SubsystemInfo::inFlight).sum();
                    case "subsystems" -> List.copyOf(subsystems);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static SubsystemInfo subsystem(String name, SubsystemState state, boolean healthy, int inFlight, String reason) {
        return new SubsystemInfo(name, state, 1, Instant.EPOCH, 0, 0, Optional.empty(), List.of(), List.of(), List.of(),
                RestartPolicy.ON_FAILURE, true, healthy, inFlight, Optional.ofNullable(reason), OptionalInt.empty(),
                Optional.empty());
    }

    static SubsystemInfo running(String name) {
        return subsystem(name, SubsystemState.RUNNING, true, 0, null);
    }
}
