/**
 * The end of the daemon: one cause, one deadline, and a report of how everything ended.
 */
package io.quarkiverse.procdaemon.runtime.engine.shutdown;
