/**
 * What makes a file of configuration another one than its author sees in an editor: its bytes, what a merge left in it, and
 * what its own reader passes over without a word.
 * <p>
 * Promises: reads one file once, changes nothing, keeps nothing; no text of a file is repeated but the names of keys. May
 * import: the JDK.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.reload.file;

import org.jspecify.annotations.NullMarked;
