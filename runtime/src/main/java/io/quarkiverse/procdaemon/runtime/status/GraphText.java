package io.quarkiverse.procdaemon.runtime.status;

import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** What both graphs show of a subsystem. */
final class GraphText {

    private static final int MOST = 200;

    private GraphText() {
    }

    /** The name, and the state below it. */
    static String label(SubsystemInfo info) {
        return info.name() + "\n" + info.state() + (info.healthy() ? "" : ", not healthy");
    }

    /** One line, and not too long. */
    static String line(String text) {
        return PlainText.cut(PlainText.escape(text), MOST);
    }

    static String color(SubsystemInfo info) {
        return switch (info.state()) {
            case RUNNING -> info.healthy() ? "#b7e1a1" : "#ffe08a";
            case FAILED -> "#f4a6a0";
            case RESTARTING, STARTING, STOPPING -> "#ffe08a";
            default -> "#dddddd";
        };
    }
}
