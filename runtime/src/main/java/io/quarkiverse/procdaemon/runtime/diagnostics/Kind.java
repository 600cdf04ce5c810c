package io.quarkiverse.procdaemon.runtime.diagnostics;

/** What is written. */
enum Kind {

    THREADS("thread dump", "threads", ".txt", 50),
    HEAP("heap dump", "heap", ".hprof", 5),
    RECORDING("recording", "recording", ".jfr", 20);

    final String words;
    final String inName;
    final String ending;
    /** How many are kept. */
    final int most;

    Kind(String words, String inName, String ending, int most) {
        this.words = words;
        this.inName = inName;
        this.ending = ending;
        this.most = most;
    }
}
