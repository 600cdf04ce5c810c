/**
 * The event loop, which has the one thread that decides, and the threads of everything else.
 * <p>
 * Promises: messages are handled one at a time, in the order of their arrival, on a platform thread of the loop; those who post
 * neither wait nor handle anything. Threads here are started, reused or created in advance, never shared with anybody else. May
 * import: the JDK, {@code time}, jboss-logging.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.loop;

import org.jspecify.annotations.NullMarked;
