package io.quarkiverse.procdaemon.collector;

import java.io.IOException;
import java.time.Duration;

import jakarta.inject.Inject;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;

/**
 * Counts what is in the journal. It reads the file, as {@code tail -f | wc} does, and so counts what earlier runs wrote
 * without costing those that write anything.
 */
@Subsystem(value = "tally", dependsOn = Journal.class)
class Tally {

    /** Keeps short what {@link #count()} has left to read. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Inject
    Journal journal;

    private WordCounter counter;

    @OnStart
    synchronized void countWhatIsThere() throws IOException {
        counter = new WordCounter(journal.path());
        counter.countTo(journal.length());
    }

    @Run
    void follow(ShutdownHandle shutdown) throws IOException, InterruptedException {
        while (!shutdown.await(INTERVAL)) {
            count();
        }
    }

    /** All lines acknowledged so far, and their words. */
    synchronized LineCount count() throws IOException {
        return counter.countTo(journal.length());
    }
}
