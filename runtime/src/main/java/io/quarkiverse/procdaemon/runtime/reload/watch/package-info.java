/**
 * Notices that the content of files has changed, and calls back.
 * <p>
 * One thread does all of it: it sleeps until a directory on the way to one of the files has an event (or, where there are
 * none, until it is time to look), waits until it has been quiet for a moment, reads the files, and compares what it has read
 * with what was last reported.
 * <p>
 * Promises: only other bytes are a change; what is half-written is not reported as long as it may be; writes that never end
 * do not keep a change back; a change during the call leads to one more call; where a system gives no events, or no more of
 * them, it polls. May import: the JDK, {@code ThreadKind} of the public API, the engine's {@code thread}, jboss-logging. May be
 * imported by: {@code runtime.reload} and {@code runtime.wiring}.
 */
package io.quarkiverse.procdaemon.runtime.reload.watch;
