/**
 * The line collector: a TCP server that journals the lines it receives and acknowledges those that are on disk.
 *
 * <h2>What a client sees</h2>
 * A line is UTF-8 and ends with LF; one CR before it is taken as part of the line end. Each line is answered by one line, in
 * order:
 * <ul>
 * <li>{@code OK n}: it is on disk as line n of the journal; n goes on over restarts;</li>
 * <li>{@code ERR too long}: it has more than {@code collector.max-line-bytes} bytes and was dropped;</li>
 * <li>{@code ERR not UTF-8}: dropped likewise;</li>
 * <li>{@code ERR no newline}: the client closed its side in the middle of a line, which was dropped;</li>
 * <li>{@code ERR journal}: the journal cannot be written. None of the lines since the last answer is acknowledged, and the
 * server closes its side.</li>
 * </ul>
 * A line without an answer may or may not be in the journal, as always with acknowledgements; a client that sends it again may
 * see it twice. A client that reads no answers is not read from once the buffers in between are full.
 * <p>
 * A client whose first line begins with a syslog priority, as in {@code <13>}, is one like {@code logger --tcp} and gets no
 * answers, see {@code SyslogSender}. {@code logger --octet-count} sends no line ends and
 * is of no use here.
 *
 * <h2>How it works</h2>
 * One thread, the body of {@code ingest}, serves all connections through a selector. Each round reads what has arrived,
 * appends all complete lines to the journal with one write and one fsync, then answers. So the group commit needs no queue and
 * no lock: while one round waits for the disk, the kernel's socket buffers gather the next. A thread per connection would have
 * to hand its lines to such a round anyway, and has no way to wake up from a read that leaves the data received readable.
 * <p>
 * On shutdown the backlog is accepted, then what the connections had received is read, journaled and answered; each is then
 * half-closed, and input is read and dropped for a moment, because closing a socket with unread input sends a reset that
 * destroys the answers on their way.
 */
package io.quarkiverse.procdaemon.collector;
