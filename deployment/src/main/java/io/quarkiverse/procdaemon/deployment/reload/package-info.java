/**
 * Finds who reads the configuration, and how: through {@link io.quarkiverse.procdaemon.LiveConfig}, which follows a reload, or
 * once and for all.
 * <p>
 * Promises: each mapping that is injected as a {@code LiveConfig} has a bean for it and is checked at the start; what cannot be
 * one is a problem that says where, what and how out. May import: {@code validation}, Arc's and Quarkus's build items, Jandex,
 * SmallRye Config, the records of {@code runtime.reload}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.reload;

import org.jspecify.annotations.NullMarked;
