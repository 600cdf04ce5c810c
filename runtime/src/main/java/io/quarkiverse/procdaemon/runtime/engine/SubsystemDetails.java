package io.quarkiverse.procdaemon.runtime.engine;

import java.time.Duration;
import java.util.Optional;

/** What adapters read of a subsystem besides its information. Takes no lock; any thread may call this. */
public interface SubsystemDetails {

    /** See {@link DaemonInternals#healthGroup}. */
    Optional<String> healthGroup(String name);

    /** See {@link DaemonInternals#heartbeatAge}. */
    Optional<Duration> heartbeatAge(String name);
}
