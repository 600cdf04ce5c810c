/**
 * What Quarkus's reader of YAML passes over: keys that stand twice in one block, of which it takes the last.
 * <p>
 * Promises: used only if that reader is on the class path of the application; nothing else knows SnakeYAML. May import: it, the
 * package {@code file}, SmallRye Config, Quarkus's {@code ConfigBuilder}.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.reload.yaml;

import org.jspecify.annotations.NullMarked;
