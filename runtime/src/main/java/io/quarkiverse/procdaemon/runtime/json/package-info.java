/**
 * JSON of the public records, for the control socket and the status page.
 * <p>
 * Promises: the same text with Jackson and without it; nothing of it is loaded unless one of the two is enabled. A leaf. May
 * import: the JDK, the public API, CDI, Jackson's generator.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.json;

import org.jspecify.annotations.NullMarked;
