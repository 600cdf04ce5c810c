/**
 * Starting and stopping many subsystems, beside raw threads and beside what others have for many services. None of these knows
 * dependencies of single services, so all of them are flat. Whom the differences favour:
 * <ul>
 * <li>None of the others supervises its bodies, as the engine does: no restart, no timeout for each, no report. That favours
 * them.
 * <li>A peer on platform threads pays for these; they are its makers' default. The variant on virtual threads is the one to
 * compare with.
 * <li>Spring's start waits for nothing, so that the bodies are waited for instead, as they are for all.
 * </ul>
 */
package io.quarkiverse.procdaemon.bench.lifecycle;
