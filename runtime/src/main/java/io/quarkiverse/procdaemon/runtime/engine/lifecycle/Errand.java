package io.quarkiverse.procdaemon.runtime.engine.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;

/** STUB. */
public interface Errand {

    /** Done. */
    void close();

    /** Done, and a failure. */
    void fail(Throwable cause);

    /** STUB. */
    final class Stub implements Errand {

        private static final AtomicInteger UNDER_WAY = new AtomicInteger();

        public Stub() {
            UNDER_WAY.incrementAndGet();
        }

        @Override
        public void close() {
            UNDER_WAY.decrementAndGet();
        }

        @Override
        public void fail(Throwable cause) {
            close();
        }
    }
}
