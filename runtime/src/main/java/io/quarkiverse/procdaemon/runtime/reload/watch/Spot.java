package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.nio.file.Path;

/**
 * A file that is looked at, and why.
 *
 * @param path what was asked for: the file, or its directory
 * @param file the file
 */
record Spot(Path path, Path file) {
}
