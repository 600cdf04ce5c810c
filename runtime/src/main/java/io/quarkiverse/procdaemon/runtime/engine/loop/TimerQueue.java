package io.quarkiverse.procdaemon.runtime.engine.loop;

import java.util.PriorityQueue;

import org.jspecify.annotations.Nullable;

/**
 * Messages that are to be handled at a moment, in the order of time and then of their making. Confined to one thread.
 *
 * @param <M> what is handled
 */
public final class TimerQueue<M> {

    private static final int FEW = 64;

    private final PriorityQueue<Timeout<M>> timeouts = new PriorityQueue<>();
    private long made;
    /** Of those in the queue; they are removed when they are the most. */
    private int cancelled;

    TimerQueue() {
    }

    /**
     * A message that is handled at a moment unless it is cancelled before.
     *
     * @param <M> what is handled
     */
    public static final class Timeout<M> implements Comparable<Timeout<M>> {

        private final TimerQueue<M> queue;
        private final long due;
        private final long number;
        private @Nullable M message;

        private Timeout(TimerQueue<M> queue, long due, long number, M message) {
            this.queue = queue;
            this.due = due;
            this.number = number;
            this.message = message;
        }

        /** When, on the clock. */
        public long due() {
            return due;
        }

        /** From now on the message is not handled. Nothing if it has been. */
        public void cancel() {
            if (message != null) {
                message = null;
                queue.cancelledOne();
            }
        }

        /** Moments may overflow: only their difference counts. */
        @Override
        public int compareTo(Timeout<M> other) {
            int byMoment = Long.signum(due - other.due);
            return byMoment != 0 ? byMoment : Long.compare(number, other.number);
        }
    }

    /**
     * For checks that find no sign of life but came late themselves: the process was suspended or got no CPU, and so was the
     * code
     * that they check. Such a check proves nothing and waits once more, at most three times in a row. Confined to one thread at
     * a
     * time.
     */
    public static final class Excuses {

        private static final int MOST = 3;

        private int inARow;

        /**
         * Whether to wait once more instead of declaring it dead.
         *
         * @param late the delay of the check, in nanoseconds
         * @param window the time in which a sign of life is expected, in nanoseconds
         */
        public boolean accept(long late, long window) {
            return late > window / 4 && inARow++ < MOST;
        }

        /** There was a sign of life. */
        public void alive() {
            inARow = 0;
        }
    }

    Timeout<M> add(long due, M message) {
        Timeout<M> timeout = new Timeout<>(this, due, made++, message);
        timeouts.add(timeout);
        return timeout;
    }

    private void cancelledOne() {
        if (++cancelled > FEW && cancelled > timeouts.size() / 2) {
            timeouts.removeIf(timeout -> timeout.message == null);
            cancelled = 0;
        }
    }

    /** The next that is not cancelled; null if there is none. */
    @Nullable
    Timeout<M> peek() {
        Timeout<M> next = timeouts.peek();
        while (next != null && next.message == null) {
            timeouts.remove();
            cancelled--;
            next = timeouts.peek();
        }
        return next;
    }

    /** Removes what {@link #peek} has returned, and returns its message. */
    M remove() {
        Timeout<M> next = timeouts.remove();
        M message = next.message;
        next.message = null;
        return message;
    }

    /** How many are not cancelled. */
    int size() {
        return timeouts.size() - cancelled;
    }

    /** How many have been added so far. */
    long made() {
        return made;
    }

    /** How many are due from the first moment on and before the second. */
    long dueWithin(long from, long to) {
        return timeouts.stream().filter(timeout -> timeout.due >= from && timeout.due < to && timeout.message != null).count();
    }
}
