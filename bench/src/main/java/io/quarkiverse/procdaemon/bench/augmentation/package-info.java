/**
 * How long the build of an application takes for its subsystems.
 * <p>
 * Promises: nothing of the project is written to; every application is made in a directory of its own, which is deleted.
 */
package io.quarkiverse.procdaemon.bench.augmentation;
