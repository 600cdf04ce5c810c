package io.quarkiverse.procdaemon.collector;

import java.io.IOException;

/** What makes a collector end. */
enum Trigger {

    TERM("signal TERM"),
    INT("signal INT"),
    SHUTDOWN("requested by Daemon.shutdown(7)"),
    ASYNC_EXIT("requested by the end of the application"),
    /** A line, which arrives at what is armed for {@code append}. */
    LINE("requested by the end of the JVM");

    private final String reason;

    Trigger(String reason) {
        this.reason = reason;
    }

    /** What the process says of it. */
    String reason() {
        return reason;
    }

    void pull(DaemonProcess daemon) throws IOException, InterruptedException {
        switch (this) {
            case TERM, INT -> daemon.signal(name());
            case SHUTDOWN -> daemon.http().send("POST", "/test-hooks/shutdown/7");
            case ASYNC_EXIT -> daemon.http().send("POST", "/test-hooks/async-exit/7");
            case LINE -> {
                try (LineClient client = daemon.connect()) {
                    client.send("the last one\n");
                }
            }
        }
    }
}
