package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import static io.quarkiverse.procdaemon.SubsystemState.FAILED;
import static io.quarkiverse.procdaemon.SubsystemState.REGISTERED;
import static io.quarkiverse.procdaemon.SubsystemState.RESTARTING;
import static io.quarkiverse.procdaemon.SubsystemState.RUNNING;
import static io.quarkiverse.procdaemon.SubsystemState.STARTING;
import static io.quarkiverse.procdaemon.SubsystemState.STOPPED;
import static io.quarkiverse.procdaemon.SubsystemState.STOPPING;
import static io.quarkiverse.procdaemon.SubsystemState.WAITING;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.procdaemon.SubsystemState;

/** Which state may follow which: the drawing at {@link SubsystemState} as a table. */
public final class Transitions {

    private static final Map<SubsystemState, Set<SubsystemState>> LEGAL = new EnumMap<>(Map.of(
            REGISTERED, EnumSet.of(WAITING, STOPPED),
            WAITING, EnumSet.of(STARTING, STOPPED),
            STARTING, EnumSet.of(RUNNING, STOPPING),
            RUNNING, EnumSet.of(STOPPING),
            STOPPING, EnumSet.of(STOPPED, RESTARTING, FAILED),
            RESTARTING, EnumSet.of(WAITING, STOPPED),
            STOPPED, EnumSet.of(WAITING),
            FAILED, EnumSet.of(WAITING)));

    private Transitions() {
    }

    /** Whether a subsystem may go from one state to the other. */
    public static boolean isLegal(SubsystemState from, SubsystemState to) {
        return LEGAL.get(from).contains(to);
    }
}
