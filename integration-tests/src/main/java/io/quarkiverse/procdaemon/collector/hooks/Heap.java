package io.quarkiverse.procdaemon.collector.hooks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Memory that is used up. */
final class Heap {

    private static final int LARGEST = 1 << 20;
    /** Made in advance: when it is due there is no memory to make anything. */
    private static final byte[] FULL = "The heap is full\n".getBytes(US_ASCII);

    private static Object[] chain;

    private Heap() {
    }

    static void fill() {
        List<byte[]> blocks = new ArrayList<>();
        for (;;) {
            blocks.add(new byte[LARGEST]);
        }
    }

    static void exhaust() throws IOException {
        FileOutputStream stderr = new FileOutputStream(FileDescriptor.err);
        OutOfMemoryError full = fillUp();
        stderr.write(FULL);
        throw full;
    }

    private static OutOfMemoryError fillUp() {
        OutOfMemoryError full = null;
        for (int size = LARGEST; size > 0;) {
            try {
                Object[] block = new Object[size];
                block[0] = chain;
                chain = block;
            } catch (OutOfMemoryError error) {
                full = error;
                // Each time takes several collections of garbage.
                size /= 16;
            }
        }
        return full;
    }
}
