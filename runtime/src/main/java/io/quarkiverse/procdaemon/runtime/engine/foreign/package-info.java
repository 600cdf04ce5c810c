/**
 * The one guarded look at what comes out of code that is not ours: exceptions and texts.
 * <p>
 * Promises: methods of foreign objects are called once, on the thread that ran the user's code; whatever they throw or return,
 * what comes out is data of bounded size, and an exception that others may look at again without harm. May import: the JDK, the
 * public API.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.engine.foreign;

import org.jspecify.annotations.NullMarked;
