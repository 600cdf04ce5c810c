/**
 * Makes the registry from which {@code quarkus create} and {@code quarkus ext add} take the extension while no public one lists
 * it.
 */
package io.quarkiverse.procdaemon.registry;
