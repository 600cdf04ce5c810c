package io.quarkiverse.procdaemon.collector;

import java.util.Arrays;

/** Lines to be journaled together, each ended by LF. */
final class LineBatch {

    private byte[] bytes = new byte[64 * 1024];
    private int size;
    private int lines;

    void add(byte[] line, int length) {
        int end = size + length + 1;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
        }
        System.arraycopy(line, 0, bytes, size, length);
        bytes[end - 1] = '\n';
        size = end;
        lines++;
    }

    void clear() {
        size = 0;
        lines = 0;
    }

    boolean isEmpty() {
        return lines == 0;
    }

    int lines() {
        return lines;
    }

    /** How many of the {@link #bytes()} are used. */
    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }
}
