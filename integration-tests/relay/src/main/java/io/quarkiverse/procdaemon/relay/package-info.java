/**
 * The sample of subsystems that talk to the world: it sends the messages that an application left in a table, its outbox, to a
 * server, the sink. Each is a line, {@code ID PAYLOAD}, and the sink answers with a line that begins with {@code OK}. Each is
 * sent at least once; the id is how the sink recognizes one that it has got before.
 */
package io.quarkiverse.procdaemon.relay;
