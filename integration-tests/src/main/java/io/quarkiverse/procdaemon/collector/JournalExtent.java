package io.quarkiverse.procdaemon.collector;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;

/**
 * How much of a journal is good.
 *
 * @param lines how many good lines it has
 * @param bytes how long they are together; what comes after is torn
 */
record JournalExtent(long lines, long bytes) {

    /** No line of ours is longer, see {@link CollectorConfig#maxLineBytes()}; a longer one is not judged. */
    static final int LONGEST_LINE = 1024 * 1024;

    /**
     * Reads the whole journal. Only its last line can be torn: one without LF was not written in full, and one that is not
     * UTF-8 was never acknowledged. Everything before stays, whatever it looks like.
     *
     * @throws InterruptedIOException if the thread is interrupted
     */
    static JournalExtent of(RandomAccessFile file) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long position = 0;
        long lines = 0;
        long lastLine = 0;
        long end = 0;
        file.seek(0);
        for (int read; (read = file.read(buffer)) > 0; position += read) {
            if (Thread.interrupted()) {
                throw new InterruptedIOException("Interrupted after reading " + position + " bytes of the journal");
            }
            for (int i = 0; i < read; i++) {
                if (buffer[i] == '\n') {
                    lines++;
                    lastLine = end;
                    end = position + i + 1;
                }
            }
        }
        boolean terminated = end == position;
        if (terminated && lines > 0 && !isUtf8(file, lastLine, end - 1)) {
            return new JournalExtent(lines - 1, lastLine);
        }
        return new JournalExtent(lines, end);
    }

    private static boolean isUtf8(RandomAccessFile file, long from, long to) throws IOException {
        if (to - from > LONGEST_LINE) {
            return true;
        }
        byte[] line = new byte[(int) (to - from)];
        file.seek(from);
        file.readFully(line);
        return new StrictUtf8().isValid(line, line.length);
    }
}
