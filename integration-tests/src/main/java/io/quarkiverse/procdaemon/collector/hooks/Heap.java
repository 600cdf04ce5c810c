package io.quarkiverse.procdaemon.collector.hooks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Memory that is used up. */
final class Heap {

    private static final int LARGEST = 1 << 20;
    /** Made in advance: when it is due there is no memory to make anything. */
    private static final byte[] FULL = "The heap is full\n".getBytes(US_ASCII);

    private static final int BLOCK = 1 << 14;
    private static final int LEAK = 4;
    private static final int GARBAGE = 256;
    private static final int LIVES_FOR_A_WHILE = 512;

    private static final List<byte[]> LEAKED = new ArrayList<>();
    private static final Deque<byte[]> RECENT = new ArrayDeque<>();
    private static Object[] chain;

    private Heap() {
    }

    /** As the fault says. */
    static synchronized void use(Fault fault) {
        if (fault == Fault.FORGET) {
            LEAKED.clear();
        }
        for (int i = 0; i < LEAK && fault == Fault.LEAK; i++) {
            LEAKED.add(new byte[BLOCK]);
        }
        for (int i = 0; i < GARBAGE; i++) {
            RECENT.add(new byte[BLOCK]);
            if (RECENT.size() > (fault == Fault.LITTER ? LIVES_FOR_A_WHILE : 0)) {
                RECENT.remove();
            }
        }
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
