package io.quarkiverse.procdaemon.runtime.config;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.ConfigProblem;

/**
 * Knows what of a configuration this system does not allow: files that cannot be there, users who do not exist. A bean of this
 * type is asked before anything of the daemon begins, and by each reload, which must not let in what the next start would
 * refuse.
 */
public interface StartCheck {

    /**
     * The problems of a start with a configuration, each a sentence that names the key. Changes nothing, and opens nothing that
     * this process has locked. Any thread calls it.
     *
     * @param next what to start with; what is wrong with a value by itself is reported elsewhere
     * @param running with what this process has started, which is not checked again; null if it is that which starts
     */
    List<ConfigProblem> problems(Start next, @Nullable Start running);

    /**
     * What a process starts with.
     *
     * @param name the name of the daemon
     */
    record Start(DaemonConfig config, String name) {
    }
}
