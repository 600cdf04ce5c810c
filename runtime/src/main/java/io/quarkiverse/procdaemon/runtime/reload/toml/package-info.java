/**
 * Configuration in TOML: {@code daemon.toml} beside the application or in its directory {@code config}, and files whose names
 * end so at {@code quarkus.config.locations}.
 * <p>
 * Promises: used only if Jackson's TOML module is on the class path of the application; nothing else knows it. May import: that
 * module, SmallRye Config, Quarkus's {@code ConfigBuilder}.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.reload.toml;

import org.jspecify.annotations.NullMarked;
