package io.quarkiverse.procdaemon.runtime.control;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The connection to one client: reads and writes with a limit on the time. Waits in a selector of its own, so that it notices
 * a client that goes away, and can be woken. Used by one thread, except for {@link #wake} and {@link #end}.
 */
final class Wire implements Closeable {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer input = ByteBuffer.allocate(8 * 1024).limit(0);
    private volatile boolean ended;

    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        key = channel.register(selector, 0);
    }

    /**
     * The next byte; -1 at the end.
     *
     * @param deadline on the clock of {@link System#nanoTime()}
     * @throws TimedOut if it does not come by then
     * @throws Ended if the server ends first
     */
    int read(long deadline) throws IOException {
        while (!input.hasRemaining()) {
            if (ended) {
                throw new Ended();
            }
            input.clear();
            int count = channel.read(input);
            input.flip();
            if (count < 0) {
                return -1;
            }
            if (count == 0) {
                select(SelectionKey.OP_READ, deadline);
            }
        }
        return input.get() & 0xff;
    }

    /**
     * Writes all of it.
     *
     * @param patience how long the client may take nothing
     * @throws TimedOut if it takes nothing for so long
     */
    void write(ByteBuffer bytes, long patience) throws IOException {
        long deadline = System.nanoTime() + patience;
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) > 0) {
                deadline = System.nanoTime() + patience;
            } else {
                select(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    /**
     * Waits until a condition holds. Look at it again after each {@link #wake}.
     *
     * @return whether it holds; false if the deadline has passed
     * @throws EOFException if the client goes away
     * @throws Ended if the server ends first
     */
    boolean await(BooleanSupplier condition, long deadline) throws IOException {
        while (!condition.getAsBoolean()) {
            if (ended) {
                throw new Ended();
            }
            if (deadline - System.nanoTime() <= 0) {
                return false;
            }
            boolean full = input.position() == 0 && input.limit() == input.capacity();
            select(full ? 0 : SelectionKey.OP_READ, deadline);
            if (!full && key.isReadable()) {
                readAhead();
            }
        }
        return true;
    }

    /** Keeps what the client sends before it has its answer. */
    private void readAhead() throws IOException {
        input.compact();
        int count = channel.read(input);
        input.flip();
        if (count < 0) {
            throw new EOFException("the client has gone");
        }
    }

    private void select(int operations, long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new TimedOut();
        }
        key.interestOps(operations);
        selector.selectedKeys().clear();
        selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }

    /** Lets the client read the answer although it is still sending. */
    void linger(long deadline) throws IOException {
        channel.shutdownOutput();
        try {
            for (int left = 1 << 20; left > 0 && read(deadline) >= 0; left--) {
                // Discarded.
            }
        } catch (TimedOut enough) {
            // It is cut off.
        }
    }

    /** Has {@link #await} look at its condition. Any thread may call this. */
    void wake() {
        selector.wakeup();
    }

    /** The server ends: waits for nothing more, but can still write. Any thread may call this. */
    void end() {
        ended = true;
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        try {
            selector.close();
        } finally {
            channel.close();
        }
    }

    /** The client took too long. */
    static final class TimedOut extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The daemon has ended. */
    static final class Ended extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
