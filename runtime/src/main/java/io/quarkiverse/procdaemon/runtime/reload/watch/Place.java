package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.nio.file.Path;

/**
 * A place in which the system looks on its way to a file: what it finds there decides where the way goes on.
 *
 * @param directory an existing directory, by a path without links
 * @param name of the entry in it; null for every entry
 * @param file whether the entry is a file, or not there yet: then its content matters, not only what it is
 */
record Place(Path directory, Path name, boolean file) {
}
