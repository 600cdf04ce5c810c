package io.quarkiverse.procdaemon.runtime.reload.file;

import java.nio.file.Path;
import java.util.List;

/** Finds what the reader of one format passes over without a word. Any thread calls it. */
@FunctionalInterface
public interface FileRule {

    /** All that is wrong with a file; empty if it is of another format, or if its reader will complain itself. */
    List<Flaw> flaws(Path file, String text);
}
