/**
 * Lets Jackson write the public records in a native executable, if the Jackson extension is present.
 * <p>
 * May import: Quarkus, the public API.
 */
@NullMarked
package io.quarkiverse.procdaemon.deployment.json;

import org.jspecify.annotations.NullMarked;
