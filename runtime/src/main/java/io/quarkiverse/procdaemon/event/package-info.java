/**
 * What happened to subsystems, as data: one sealed family of records, each transition exactly one of them.
 * <p>
 * Promises: no formatting, no behaviour, immutable. May import: the JDK only, so that the
 * root package may speak of events.
 */
package io.quarkiverse.procdaemon.event;
