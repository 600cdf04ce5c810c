package io.quarkiverse.procdaemon.runtime.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;

/**
 * The state of the daemon as a whole.
 *
 * @param inFlight the work in flight, by its owner
 * @param counts how many subsystems there are in each state
 * @param waitsFor the subsystems that a start or a stop waits for at the moment
 */
public record DaemonData(String name, DaemonState state, boolean isDraining, Map<String, Integer> inFlight,
        Map<SubsystemState, Integer> counts, List<String> waitsFor) {

    /** @param subsystems the snapshot that it is to agree with */
    public static DaemonData of(DaemonInternals daemon, List<SubsystemInfo> subsystems) {
        DaemonState state = daemon.state();
        Map<SubsystemState, Integer> counts = new TreeMap<>();
        List<String> waitsFor = new ArrayList<>();
        for (SubsystemInfo info : subsystems) {
            counts.merge(info.state(), 1, Integer::sum);
            if (state == DaemonState.STOPPING && info.state() == SubsystemState.STOPPING || state == DaemonState.STARTING
                    && (info.state() == SubsystemState.STARTING || info.state() == SubsystemState.RESTARTING)) {
                waitsFor.add(info.name());
            }
        }
        return new DaemonData(daemon.name(), state, daemon.isDraining(), daemon.inFlightByOwner(), counts, waitsFor);
    }

    /** With the process, as JSON shows it. */
    public Map<String, Object> tree() {
        ProcessHandle process = ProcessHandle.current();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", name);
        data.put("state", state);
        data.put("pid", process.pid());
        process.info().startInstant().ifPresent(since -> data.put("startedAt", since));
        data.put("draining", isDraining);
        data.put("inFlight", inFlight.values().stream().mapToInt(Integer::intValue).sum());
        data.put("inFlightByOwner", inFlight);
        data.put("subsystems", counts);
        data.put("waitsFor", waitsFor);
        return data;
    }
}
