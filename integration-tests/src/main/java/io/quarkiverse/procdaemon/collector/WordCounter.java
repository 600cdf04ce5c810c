package io.quarkiverse.procdaemon.collector;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Counts the lines and words of a growing file, each byte once. */
final class WordCounter {

    private final Path path;
    private final byte[] buffer = new byte[64 * 1024];
    private long position;
    private long lines;
    private long words;
    private boolean inWord;

    WordCounter(Path path) {
        this.path = path;
    }

    /**
     * Counts on up to that length of the file.
     *
     * @throws InterruptedIOException if the thread is interrupted
     */
    LineCount countTo(long length) throws IOException {
        if (position < length) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                file.seek(position);
                while (position < length) {
                    if (Thread.interrupted()) {
                        throw new InterruptedIOException("Interrupted after counting " + position + " bytes of " + path);
                    }
                    int size = (int) Math.min(buffer.length, length - position);
                    file.readFully(buffer, 0, size);
                    count(size);
                    position += size;
                }
            }
        }
        return new LineCount(lines, words);
    }

    private void count(int size) {
        for (int i = 0; i < size; i++) {
            byte next = buffer[i];
            boolean space = next == ' ' || next >= '\t' && next <= '\r';
            if (!space && !inWord) {
                words++;
            }
            inWord = !space;
            if (next == '\n') {
                lines++;
            }
        }
    }
}
