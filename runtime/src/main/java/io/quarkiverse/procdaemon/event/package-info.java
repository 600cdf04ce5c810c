/**
 * What happened to subsystems, as data: one sealed family of records, each transition exactly one of them.
 * <p>
 * Promises: no formatting, no behaviour, immutable. May import: the JDK and the
 * root package, with which it is one room.
 */
package io.quarkiverse.procdaemon.event;
