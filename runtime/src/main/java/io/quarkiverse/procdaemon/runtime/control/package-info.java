/**
 * The control API: HTTP/1.1 on a Unix domain socket, for people with {@code curl} and for programs.
 * <p>
 * Promises: works without HTTP and with an exhausted thread pool, while the daemon starts, drains and stops, on a bounded
 * number
 * of threads of its own; a slow or broken client delays neither another one nor the daemon; only the own user, root and the
 * users that are allowed may enter; a socket that another process serves is never taken away. Loaded only if
 * {@code quarkus.proc-daemon.control.enabled} is true.
 * <p>
 * In at {@code ControlService}: {@code ControlServer} accepts, {@code Conversation} is one connection, {@code RequestReader}
 * parses, {@code Routes} finds who answers, {@code AnswerWriter} writes. May import: the JDK, {@code jdk.net} for the
 * credentials of clients, CDI, the public API, the engine, {@code config}, {@code json}, {@code view}, jboss-logging, the log
 * manager for
 * levels, the launch mode of Quarkus.
 */
@NullMarked
package io.quarkiverse.procdaemon.runtime.control;

import org.jspecify.annotations.NullMarked;
