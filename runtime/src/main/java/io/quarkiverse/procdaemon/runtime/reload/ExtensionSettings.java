package io.quarkiverse.procdaemon.runtime.reload;

import java.util.List;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.smallrye.config.SmallRyeConfig;

/** What the daemon itself makes of a configuration. */
public interface ExtensionSettings {

    /**
     * All that is wrong with it, each problem a sentence that begins with the key; empty if nothing is. A source in it is named
     * as
     * SmallRye does. Any thread calls this.
     */
    List<ConfigProblem> problems(SmallRyeConfig config);

    /** The rules it makes, to be part of its snapshot. Any thread calls this. */
    Object of(SmallRyeConfig config);

    /** Called when they are in force. */
    void inForce(Object rules);
}
