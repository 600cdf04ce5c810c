package io.quarkiverse.procdaemon.bench.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The commit of the directory that this runs in. */
final class Commit {

    private static final String UNKNOWN = "unknown";

    private Commit() {
    }

    /** Its short name; {@code unknown} without git or outside a repository. */
    static String here() throws InterruptedException {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String name = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? name : UNKNOWN;
        } catch (IOException noGit) {
            return UNKNOWN;
        }
    }
}
