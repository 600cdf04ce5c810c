/**
 * The sample of a subsystem that gets messages: it stores readings of electricity meters in a table. Each is a line,
 * {@code METER TIME KWH}, and may come more than once; its meter and its time are how the table recognizes it.
 */
package io.quarkiverse.procdaemon.consumer;
