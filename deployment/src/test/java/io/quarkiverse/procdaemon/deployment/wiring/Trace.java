package io.quarkiverse.procdaemon.deployment.wiring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.inject.Singleton;

/** What happened, in order; for subsystems of tests to write and tests to read. */
@Singleton
public class Trace {

    private final List<String> entries = new CopyOnWriteArrayList<>();

    public void add(String entry) {
        entries.add(entry);
    }

    public List<String> entries() {
        return entries;
    }
}
