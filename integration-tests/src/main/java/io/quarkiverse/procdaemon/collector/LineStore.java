package io.quarkiverse.procdaemon.collector;

import java.io.IOException;

/** Where lines are kept. Written to by one thread at a time. */
interface LineStore {

    /** How many lines there are; the next one gets the number after. */
    long lines();

    /**
     * Appends the lines and returns when they are on disk.
     *
     * @throws IOException if they are not; the store takes no more lines then
     */
    void append(LineBatch batch) throws IOException;
}
