package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A part of the queue of a {@link Mailbox}: places side by side, and the chunk that comes after it. Each place is taken, filled
 * and emptied once and a chunk is not used again, so who comes late to one that all others have passed does no harm.
 */
final class Chunk extends AtomicReferenceArray<Runnable> {

    static final int SIZE = 512;

    /** Stands in the first place that is not filled while nobody handles messages. */
    static final Runnable LEFT = () -> {
    };

    private static final long serialVersionUID = 1L;
    private static final AtomicReferenceFieldUpdater<Chunk, Chunk> NEXT = AtomicReferenceFieldUpdater.newUpdater(Chunk.class,
            Chunk.class, "next");

    /** Stands for the next chunk when there is none and who handled the last message of this one has left. */
    private static final Chunk LEFT_AT_END = new Chunk();
    private static final Chunk PASSED = new Chunk();

    /**
     * How many places are taken. An array too, if of one, so that to take a place needs as much of the stack as to fill it; and
     * behind the places in memory, so that posters who count do not disturb who reads.
     */
    private final AtomicIntegerArray taken = new AtomicIntegerArray(1);
    private volatile Chunk next;

    Chunk() {
        super(SIZE);
    }

    /** The place to be taken next; {@link #SIZE} or more if there is none left. */
    int free() {
        return taken.get(0);
    }

    /** Takes a place; the answer is {@link #SIZE} or more if there was none left. */
    int take() {
        int place = taken.get(0);
        if (place == 0) {
            prepareNext();
        }
        return place < SIZE ? taken.getAndIncrement(0) : place;
    }

    /** So long before it is needed that a heap which is full for a while keeps nobody from being heard. */
    private void prepareNext() {
        try {
            next();
        } catch (OutOfMemoryError full) {
            // It is made when it is needed.
        }
    }

    /** Leaves at the end, unless there is a next chunk to go on with. */
    boolean leaveAtEnd() {
        return NEXT.compareAndSet(this, null, LEFT_AT_END);
    }

    /** The chunk after this one, made if there is none. Not to be followed if others may have {@link #pass}ed this one. */
    Chunk next() {
        Chunk there = next;
        while (there == null || there == LEFT_AT_END) {
            Chunk made = new Chunk();
            made.lazySet(0, there == null ? null : LEFT);
            if (NEXT.compareAndSet(this, there, made)) {
                return made;
            }
            there = next;
        }
        return there;
    }

    /** It keeps what comes after it in memory no more: it may be old, and then it is garbage for long. */
    void pass() {
        NEXT.lazySet(this, PASSED);
    }
}
