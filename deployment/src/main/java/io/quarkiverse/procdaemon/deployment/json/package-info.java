/**
 * Lets Jackson write the public records in a native executable, if the Jackson extension is present; likewise the
 * control socket, if the application has one, whose writer of JSON it chooses.
 * <p>
 * May import: Quarkus, the public API, {@code runtime.config}.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.json;

import org.jspecify.annotations.NullMarked;
