package io.quarkiverse.procdaemon.collector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/**
 * What is done to a collector that runs, before it is made to end, in words: {@code serve=SPIN} arms a fault, {@code +NAME}
 * registers a subsystem, {@code drain} drains it, and {@code back-off} has {@code ingest} fail and wait for its restart.
 */
final class Preparation {

    private final DaemonProcess daemon;
    private final DaemonHttp http;

    private Preparation(DaemonProcess daemon) {
        this.daemon = daemon;
        this.http = daemon.http();
    }

    /** Arms faults from the start on. */
    static DaemonProcess.Launch faults(DaemonProcess.Launch launch, String words) {
        for (String word : split(words)) {
            launch.withFault(place(word), fault(word));
        }
        return launch;
    }

    /** Waits until all of the faults have been met. */
    static void awaitMet(DaemonProcess daemon, String words) {
        for (String word : split(words)) {
            daemon.awaitLog(place(word) + " meets the fault " + fault(word));
        }
    }

    static void prepare(DaemonProcess daemon, String words) throws IOException {
        Preparation preparation = new Preparation(daemon);
        for (String word : split(words)) {
            preparation.take(word);
        }
    }

    private void take(String word) throws IOException {
        if (word.equals("drain")) {
            assertThat(http.send("POST", "/test-hooks/drain").statusCode()).isEqualTo(200);
        } else if (word.equals("back-off")) {
            backOff();
        } else if (word.startsWith("+")) {
            http.register(word.substring(1), "journal");
        } else {
            http.arm(place(word), fault(word));
        }
    }

    private void backOff() throws IOException {
        http.armOnce("append", "FAIL");
        try (LineClient client = daemon.connect()) {
            client.send("one\n");
            daemon.awaitLog("ingest#1 STOPPING -> RESTARTING, again in 1m");
        }
    }

    private static String[] split(String words) {
        return words == null ? new String[0] : words.split(" ");
    }

    private static String place(String word) {
        return word.substring(0, word.indexOf('='));
    }

    private static String fault(String word) {
        return word.substring(word.indexOf('=') + 1);
    }
}
