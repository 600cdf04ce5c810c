package io.quarkiverse.procdaemon.runtime.reload;

import java.util.regex.Pattern;

/** Which keys of Quarkus and of this extension are obeyed without a restart. */
final class QuarkusKeys {

    private static final String QUARKUS = "quarkus.";
    private static final String OURS = "quarkus.proc-daemon.";

    /** One part of a key, in quotes if it contains dots. */
    private static final String PART = "(\"([^\"\\\\]|\\\\.)*\"|[^.\"]+)";

    private static final Pattern LIVE = Pattern.compile("log\\.level|log\\.category\\." + PART + "\\.level");

    /** Of this extension's, those that are read by the build or by the start only. */
    private static final Pattern START_ONLY = Pattern.compile(String.join("|",
            "name",
            "signals\\..*",
            "start\\..*",
            "shutdown\\.report-file",
            "shutdown\\.before-http",
            "shutdown\\.signal-exit-code",
            "health\\.enabled",
            "metrics\\.enabled",
            "subsystem\\.enabled",
            "subsystem\\." + PART + "\\.enabled",
            "reload\\..*"));

    private QuarkusKeys() {
    }

    static boolean needRestart(String key) {
        if (key.startsWith(OURS)) {
            return START_ONLY.matcher(key.substring(OURS.length())).matches();
        }
        return key.startsWith(QUARKUS) && !LIVE.matcher(key.substring(QUARKUS.length())).matches();
    }
}
