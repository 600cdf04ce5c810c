package io.quarkiverse.procdaemon.runtime.reload;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ReloadResult;
import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.smallrye.config.SmallRyeConfig;

/** What reloads need of the daemon. Any thread calls the methods. */
public interface ReloadableDaemon {

    /**
     * All problems that the rules of this extension find in a configuration, each a sentence that begins with the key. A source
     * in it has the name that SmallRye gives it.
     */
    List<ConfigProblem> problems(SmallRyeConfig config);

    /** Whether a subsystem is called at intervals that this key sets. */
    boolean reads(String key);

    /** The settings of the daemon in a configuration without problems, to be part of its snapshot. */
    Object settings(SmallRyeConfig config);

    /** These settings, which {@link #settings} returned, are active from now on. */
    void activate(Object settings);

    /** Whether the daemon has begun to shut down. */
    boolean isShuttingDown();

    /**
     * Asks subsystems in dependency order whether they accept a change.
     *
     * @param concerned the names of those to ask
     * @param timeout how long each may take
     * @param inverse what those that have accepted are called with if another one refuses
     * @param commit runs when all have accepted, before anything else happens to the subsystems
     * @return completes when {@code commit} has run, with the names of the subsystems that are restarted for the change, in
     *         start
     *         order; or with the reason why it never will
     */
    CompletionStage<List<String>> vote(Predicate<String> concerned, Duration timeout, ConfigChange change, ConfigChange inverse,
            Runnable commit);

    /** The prefixes of the keys whose change restarts subsystems, by their names. */
    Map<String, List<String>> restartOn();

    /** A reload begins. */
    void reloadBegan();

    /** It has ended without a result. */
    void reloadCancelled();

    /** It has ended. */
    void reloaded(ReloadResult result);
}
