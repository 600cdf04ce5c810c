package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.event.SubsystemEvent;

/** The stream of events. */
final class EventRequests {

    /** Fewer than there are connections, so that commands always get one. */
    private static final int MOST = 12;
    private static final int AT_A_TIME = 100;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long FOREVER = Long.MAX_VALUE / 4;

    private final EventHistory history;
    private final AnswerWriter writer;

    EventRequests(EventHistory history, AnswerWriter writer) {
        this.history = history;
        this.writer = writer;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/events", "events as they happen, a JSON object a line; from=1 begins with those kept",
                this::stream, "from"));
    }

    /** Until the client goes away, or takes nothing for ten seconds, or the daemon ends. */
    private @Nullable Answer stream(Call call) throws IOException {
        String from = call.parameter("from");
        if (from != null && !from.matches("\\d{1,18}")) {
            throw Problem.of(400, "The parameter from must be the sequence number of an event");
        } else if (history.readers() >= MOST) {
            throw Problem.of(503, "There are " + MOST + " streams of events already; close one and try again");
        }
        if (call.request().isHead()) {
            call.wire().write(AnswerWriter.streamHead(), PATIENCE);
            return null;
        }
        long next = from == null ? history.next() : Long.parseLong(from);
        Wire wire = call.wire();
        history.wake(wire);
        try {
            wire.write(AnswerWriter.streamHead(), PATIENCE);
            while (true) {
                next = write(next, wire);
                long awaited = next;
                wire.await(() -> history.next() > awaited, System.nanoTime() + FOREVER);
            }
        } catch (Wire.Ended over) {
            write(next, wire);
            return null;
        } finally {
            history.remove(wire);
        }
    }

    /** Writes all from that one on; returns the number of the one that comes next. */
    private long write(long first, Wire wire) throws IOException {
        long next = first;
        for (List<SubsystemEvent> some = history.from(next, AT_A_TIME); !some.isEmpty(); some = history.from(next, AT_A_TIME)) {
            StringBuilder lines = new StringBuilder();
            for (SubsystemEvent event : some) {
                lines.append(writer.line(event)).append('\n');
                next = event.sequence() + 1;
            }
            wire.write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)), PATIENCE);
        }
        return next;
    }
}
