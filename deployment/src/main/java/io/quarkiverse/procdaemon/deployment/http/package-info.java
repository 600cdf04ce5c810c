/**
 * Lets a shutdown wait for HTTP requests, if the Vert.x HTTP extension is present.
 * <p>
 * May import: Quarkus; of {@code runtime.http} and of Vert.x nothing but names.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.http;

import org.jspecify.annotations.NullMarked;
