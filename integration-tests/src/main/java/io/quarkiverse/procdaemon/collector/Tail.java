package io.quarkiverse.procdaemon.collector;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Finds the last lines of a file from its end, so that its size does not matter. */
final class Tail {

    private static final int BLOCK = 8 * 1024;

    private Tail() {
    }

    /** Where the last {@code lines} lines begin in a file whose first {@code length} bytes end with a line end. */
    static long start(Path path, long length, int lines) throws IOException {
        if (length == 0) {
            return 0;
        }
        byte[] block = new byte[BLOCK];
        // The line end before the first of the lines is the one after those of the lines themselves.
        int lineEnds = lines + 1;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            for (long end = length; end > 0; end -= BLOCK) {
                int size = (int) Math.min(BLOCK, end);
                file.seek(end - size);
                file.readFully(block, 0, size);
                for (int i = size - 1; i >= 0; i--) {
                    if (block[i] == '\n' && --lineEnds == 0) {
                        return end - size + i + 1;
                    }
                }
            }
        }
        return 0;
    }
}
