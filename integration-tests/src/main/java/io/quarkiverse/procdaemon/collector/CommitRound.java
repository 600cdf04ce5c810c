package io.quarkiverse.procdaemon.collector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.Logger;

/** The lines of all connections that go to disk together, and who waits for them. */
final class CommitRound {

    private static final Logger LOG = Logger.getLogger(CommitRound.class);

    /** Bounds memory, and how long the first connection waits for the last. */
    private static final int FULL = 1024 * 1024;

    private final LineStore store;
    private final LineBatch batch = new LineBatch();
    private final List<Connection> members = new ArrayList<>();

    CommitRound(LineStore store) {
        this.store = store;
    }

    void join(Connection connection) {
        members.add(connection);
    }

    /** Adds a line and returns the number it has once the round is committed. */
    long add(byte[] line, int length) {
        batch.add(line, length);
        return store.lines() + batch.lines();
    }

    boolean isFull() {
        return batch.size() >= FULL;
    }

    /** Writes the lines to disk and then lets the members answer. */
    void commit() {
        try {
            if (!batch.isEmpty()) {
                store.append(batch);
            }
            members.forEach(Connection::answer);
        } catch (IOException e) {
            LOG.debug("Lines were not acknowledged", e);
            members.forEach(Connection::refuse);
        } finally {
            members.clear();
            batch.clear();
        }
    }
}
