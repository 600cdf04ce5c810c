package io.quarkiverse.procdaemon.bench.engine;

import java.util.List;

/**
 * A subsystem, in terms that every version of the engine has.
 *
 * @param name unique
 * @param dependsOn names of others
 * @param body null for a subsystem without code
 * @param rules what differs from the defaults
 */
public record Spec(String name, List<String> dependsOn, Body body, Rules rules) {

    /** How it is supervised. */
    public enum Rules {
        /** As by default. */
        DEFAULT,
        /** It is restarted after each crash, without a delay. */
        RESTARTED_AT_ONCE,
        /** It must send a heartbeat each second. */
        WATCHED
    }

    /** A subsystem without dependencies, with the default rules. */
    public Spec(String name, Body body) {
        this(name, List.of(), body, Rules.DEFAULT);
    }
}
