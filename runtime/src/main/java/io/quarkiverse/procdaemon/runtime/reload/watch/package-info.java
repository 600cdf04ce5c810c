/**
 * Notices that the content of files has changed, and calls back.
 * <p>
 * One thread does all of it: it looks at the files at each poll interval, and sooner if the system has an event on the way to
 * one of them; a look compares the hashes of what it has read with what was last reported, once nothing has happened for a
 * moment. Events decide nothing.
 * <p>
 * Promises: only other bytes are a change; what is half-written is not reported as long as it may be; writes that never end
 * do not keep a change back; a change during the call leads to one more call; a file that hangs blocks only this thread;
 * trouble that lasts is one line in the log. May import: the JDK, jboss-logging. May be imported by: {@code runtime.reload}.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.reload.watch;

import org.jspecify.annotations.NullMarked;
