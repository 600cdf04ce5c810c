/**
 * Lets Jackson write the public records in a native executable, if the Jackson extension is there.
 * <p>
 * May import: Quarkus, the public API.
 */
package io.quarkiverse.procdaemon.deployment.json;
