/**
 * What others have for starting and stopping many services, measured as {@code StartStopBenchmark} measures subsystems: from
 * the call of start until every body is at work, and from the call of stop until every body has ended. None of them knows
 * dependencies of single services, so all is flat. Whom the differences favour:
 * <ul>
 * <li>Nobody here supervises its bodies, as the engine does: no restart, no time-out for each, no report. That favours the
 * peers.
 * <li>Making the services, adding the tasks and refreshing the context is not measured, as making the engine is not.
 * <li>A peer on platform threads pays for these, and its makers' default is the reason. The variant on virtual threads is the
 * one to compare with.
 * <li>Pekko only stops: the threads are started by hand, and its actor system lives on. Both favours Pekko.
 * </ul>
 */
package io.quarkiverse.procdaemon.bench.peers;
