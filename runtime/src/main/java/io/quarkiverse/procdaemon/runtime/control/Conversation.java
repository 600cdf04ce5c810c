package io.quarkiverse.procdaemon.runtime.control;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One connection: a request and its answer, and the next, on one thread. */
final class Conversation {

    private static final Logger LOG = Logger.getLogger(Conversation.class);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORT = TimeUnit.SECONDS.toNanos(1);

    private final Wire wire;
    private final Routes routes;
    private final AnswerWriter writer;

    Conversation(Wire wire, Routes routes, AnswerWriter writer) {
        this.wire = wire;
        this.routes = routes;
        this.writer = writer;
    }

    /** Serves requests until the client has no more. */
    void hold(Peers.Peer peer) throws IOException {
        while (true) {
            Request request;
            try {
                request = RequestReader.next(wire);
            } catch (Problem malformed) {
                refuse(malformed, null);
                return;
            }
            if (request == null || !answer(request, peer)) {
                return;
            }
        }
    }

    /** Whether another request may follow. */
    private boolean answer(Request request, Peers.Peer peer) throws IOException {
        Answer answer;
        boolean keeps = request.keepsConnection();
        try {
            answer = routes.serve(request, peer, wire);
        } catch (Problem problem) {
            answer = problem.answer();
        } catch (Wire.Ended over) {
            answer = Problem.of(503, "The daemon has ended").answer();
            keeps = false;
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "The request %s %s to the control socket failed", request.method(), request.path());
            answer = Problem.of(500, "The request failed: " + bug + "; the log has its stack trace").answer();
        }
        if (answer == null) {
            return false;
        }
        wire.write(writer.bytes(answer, request, keeps), PATIENCE);
        return keeps;
    }

    /** Answers the first request with a problem, whatever it is. */
    void refuse(Problem problem) throws IOException {
        Request request = null;
        try {
            request = RequestReader.next(wire, System.nanoTime() + SHORT);
        } catch (Problem malformed) {
            // That is not what matters.
        }
        refuse(problem, request);
    }

    private void refuse(Problem problem, @Nullable Request request) throws IOException {
        wire.write(writer.bytes(problem.answer(), request, false), SHORT);
        wire.linger(System.nanoTime() + SHORT);
    }
}
