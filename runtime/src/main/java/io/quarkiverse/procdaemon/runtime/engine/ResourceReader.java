package io.quarkiverse.procdaemon.runtime.engine;

import java.util.List;

import io.quarkiverse.procdaemon.ResourceUsage;

/** Reads what the process uses. Any thread may call this. */
public interface ResourceReader {

    /** What it uses now. */
    ResourceUsage read();

    /** The last samples, the oldest first. Reads a field. */
    List<ResourceUsage> history();
}
