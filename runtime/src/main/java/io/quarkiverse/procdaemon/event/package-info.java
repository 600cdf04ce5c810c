/**
 * Events as data: one sealed family of records, with exactly one record per transition; and the events of reloads.
 * <p>
 * Promises: immutable, no behaviour. May import: the JDK and the root package, with which it forms one unit.
 */
@NullMarked
package io.quarkiverse.procdaemon.event;

import org.jspecify.annotations.NullMarked;
