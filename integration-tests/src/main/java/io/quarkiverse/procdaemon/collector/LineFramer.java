package io.quarkiverse.procdaemon.collector;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** Cuts what one connection sends into lines. Holds at most one line, and never more of it than is allowed. */
final class LineFramer {

    /** Takes the lines, in order. */
    interface Sink {

        /** A line without its end. The array is only lent. */
        void line(byte[] bytes, int length);

        /** In place of a line that was longer than allowed. */
        void tooLong();
    }

    private final IntSupplier limit;
    private final Sink sink;
    private byte[] buffer = new byte[256];
    private int length;
    private boolean overflow;
    /** For the line that has begun. */
    private int maxLength;

    /** @param limit how long a line may be, asked when one begins */
    LineFramer(IntSupplier limit, Sink sink) {
        this.limit = limit;
        this.sink = sink;
    }

    void feed(ByteBuffer input) {
        while (input.hasRemaining()) {
            byte next = input.get();
            if (next == '\n') {
                endLine();
            } else {
                put(next);
            }
        }
    }

    /** Whether a line has begun and not ended. */
    boolean inLine() {
        return length > 0 || overflow;
    }

    private void put(byte next) {
        if (length == 0) {
            maxLength = limit.getAsInt();
        }
        if (length > maxLength) {
            overflow = true;
            return;
        }
        if (length == buffer.length) {
            // One more than a line may have: the CR of a longest line.
            buffer = Arrays.copyOf(buffer, Math.min(2 * length, maxLength + 1));
        }
        buffer[length++] = next;
    }

    private void endLine() {
        int end = length > 0 && buffer[length - 1] == '\r' ? length - 1 : length;
        boolean tooLong = overflow || end > maxLength;
        length = 0;
        overflow = false;
        if (tooLong) {
            sink.tooLong();
        } else {
            sink.line(buffer, end);
        }
    }
}
