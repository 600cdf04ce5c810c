/**
 * Finds out which beans read which configuration, and how: through {@link io.quarkiverse.procdaemon.LiveConfig}, which follows
 * reloads, or only at the start.
 * <p>
 * Promises: each mapping that is injected as a {@code LiveConfig} has a bean and is validated at the start; invalid injection
 * points are problems that say where, what and how to fix it. May import: {@code validation}, Arc's and Quarkus's build items,
 * Jandex, SmallRye Config, the records of {@code runtime.reload}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.reload;

import org.jspecify.annotations.NullMarked;
