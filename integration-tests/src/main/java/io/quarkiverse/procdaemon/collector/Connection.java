package io.quarkiverse.procdaemon.collector;

import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.IntSupplier;

import org.jboss.logging.Logger;

/**
 * One client. Lines read join the current {@link CommitRound} and their answers are drafted; they are sent when the round is
 * on disk. Nothing is read while answers wait for the client to take them.
 */
final class Connection implements LineFramer.Sink {

    private static final Logger LOG = Logger.getLogger(Connection.class);

    private final SocketChannel channel;
    private final SelectionKey key;
    private final CommitRound round;
    private final LineFramer framer;
    private final StrictUtf8 utf8 = new StrictUtf8();
    private final Answers answers = new Answers();

    private long readLimit = Long.MAX_VALUE;
    /** No more input wanted: what still comes is read and dropped, so that closing does not reset the connection. */
    private boolean finishing;
    private boolean outputShut;
    private boolean inputEnded;
    private boolean begun;
    private boolean answered = true;

    Connection(SocketChannel channel, SelectionKey key, IntSupplier maxLineBytes, CommitRound round) {
        this.channel = channel;
        this.key = key;
        this.round = round;
        this.framer = new LineFramer(maxLineBytes, this);
    }

    /** Reads and writes what can be without waiting. What is read must be committed before this is called again. */
    void ready(ByteBuffer buffer) {
        if (key.isWritable()) {
            flush();
        }
        if (key.isValid() && key.isReadable()) {
            read(buffer.clear());
            round.join(this);
        }
    }

    private void read(ByteBuffer buffer) {
        try {
            int read = channel.read(buffer);
            inputEnded = read < 0;
            readLimit -= read;
        } catch (IOException e) {
            LOG.debugf(e, "Lost %s", this);
            inputEnded = true;
            outputShut = true;
        }
        if (!finishing) {
            framer.feed(buffer.flip());
            if (inputEnded && framer.inLine()) {
                answers.add(Answers.NO_NEWLINE);
            }
        }
    }

    @Override
    public void line(byte[] bytes, int length) {
        if (!begun) {
            begun = true;
            answered = !SyslogSender.isRecognizedBy(bytes, length);
        }
        if (utf8.isValid(bytes, length)) {
            answers.ok(round.add(bytes, length));
        } else {
            answers.add(Answers.NOT_UTF8);
        }
    }

    @Override
    public void tooLong() {
        answers.add(Answers.TOO_LONG);
    }

    /** The round is on disk. */
    void answer() {
        flush();
    }

    /** The round could not be written. */
    void refuse() {
        answers.clear();
        answers.add(Answers.JOURNAL);
        finish();
    }

    /** From now on reads no more than what the system can have received so far. */
    void limitInput() {
        try {
            readLimit = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        } catch (IOException e) {
            readLimit = 0;
        }
        settle();
    }

    /** Sends the answers that are left, then nothing more. */
    void finish() {
        finishing = true;
        flush();
    }

    private void flush() {
        try {
            if (outputShut || !answered) {
                answers.clear();
            }
            answers.writeTo(channel);
            if (finishing && answers.isEmpty() && !outputShut) {
                outputShut = true;
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debugf(e, "%s takes no more answers", this);
            outputShut = true;
            answers.clear();
        }
        settle();
    }

    private void settle() {
        if (inputEnded && answers.isEmpty()) {
            close();
        } else if (key.isValid()) {
            boolean reads = !inputEnded && (finishing || answers.isEmpty() && readLimit > 0);
            key.interestOps((reads ? OP_READ : 0) | (answers.isEmpty() ? 0 : OP_WRITE));
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf(e, "Closing %s", this);
        }
    }

    @Override
    public String toString() {
        return "connection " + channel;
    }
}
