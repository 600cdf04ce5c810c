package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;

/**
 * Asks those that run whether they go along with a change, one after the other in start order, and if one does not, has those
 * that did undo it, in reverse order. What starts meanwhile may have seen the old configuration, so it is asked, too: the round
 * is made again until nobody is left who was not asked.
 * <p>
 * Nothing calls back into this: it looks after each message how things stand, so that whatever becomes of a subsystem cannot
 * leave it waiting. Confined to the event loop but for {@link #result()}.
 */
public final class ReloadSequence {

    private static final Logger LOG = Logger.getLogger(ReloadSequence.class);
    private static final int MOST_ROUNDS = 10;

    private final Supervisor supervisor;
    private final Platform platform;
    private final BooleanSupplier ending;
    private final Proposal proposal;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private final Set<Generation> asked = new HashSet<>();
    private final Deque<Question> agreed = new ArrayDeque<>();
    private Iterator<Node> round;
    private int rounds;
    private int askedBefore = -1;
    private Question question;
    private Throwable veto;
    private boolean over;

    /** @param ending whether the daemon is shutting down, which ends this */
    public ReloadSequence(Supervisor supervisor, Platform platform, BooleanSupplier ending, Proposal proposal) {
        this.supervisor = supervisor;
        this.platform = platform;
        this.ending = ending;
        this.proposal = proposal;
    }

    /**
     * Completes when all have agreed, or, when those that had agreed have undone what they did, with the
     * {@link SubsystemException} that says who did not. Any thread may call this; completes on a thread of its own.
     */
    public CompletionStage<Void> result() {
        return result.minimalCompletionStage();
    }

    /** Does nothing but say that there is another. */
    public void refuse() {
        end(new DaemonStateException(ErrorCode.WRONG_STATE, "the subsystems are being asked about another change"));
    }

    /** Whether the result is known. */
    public boolean isOver() {
        return over;
    }

    /** Goes on if it can; to be called after each message. */
    public void review() {
        try {
            while (!over && (ending.getAsBoolean() || question == null || question.isOver())) {
                step();
            }
        } catch (RuntimeException | Error bug) {
            end(bug);
            throw bug;
        }
    }

    private void step() {
        if (ending.getAsBoolean()) {
            end(new DaemonStateException(ErrorCode.WRONG_STATE, "the daemon is shutting down"));
            return;
        }
        if (question != null) {
            conclude(question);
            question = null;
        }
        if (veto != null) {
            undoNext();
        } else {
            askNext();
        }
    }

    private void conclude(Question answered) {
        if (veto == null) {
            veto = answered.obstacle();
            if (answered.isAgreed()) {
                agreed.push(answered);
            }
        } else if (answered.obstacle() != null) {
            veto.addSuppressed(answered.obstacle());
            LOG.errorf(answered.obstacle(), "Subsystem '%s' may have kept its part of a reload that was rejected",
                    answered.node().name());
        }
    }

    private void askNext() {
        Node node = next();
        if (node == null) {
            commit();
        } else if (rounds > MOST_ROUNDS) {
            veto = new SubsystemException(ErrorCode.RELOAD_TIMED_OUT, node.name(), "subsystem '" + node.name()
                    + "' was started again whenever it had been asked", null);
        } else {
            asked.add(node.lifecycle().generation());
            question = question(node, node.lifecycle().generation(), proposal.change(), "vetoed it");
        }
    }

    /** The next to be asked; null when a whole round has found nobody. */
    private Node next() {
        while (true) {
            while (round != null && round.hasNext()) {
                Node node = round.next();
                if (isToBeAsked(node)) {
                    return node;
                }
            }
            if (asked.size() == askedBefore) {
                return null;
            }
            askedBefore = asked.size();
            round = supervisor.family().inStartOrder().iterator();
            rounds++;
        }
    }

    private boolean isToBeAsked(Node node) {
        boolean mayHaveSeenTheOld = node.isAvailable()
                || node.isStaying() && node.lifecycle().state() == SubsystemState.STARTING;
        return mayHaveSeenTheOld && node.spec().behavior().onReload() != null
                && !asked.contains(node.lifecycle().generation()) && proposal.affected().test(node.name());
    }

    private void commit() {
        try {
            proposal.commit().run();
            end(null);
        } catch (RuntimeException failure) {
            veto = failure;
        }
    }

    private void undoNext() {
        Question last = agreed.poll();
        if (last == null) {
            end(veto);
        } else {
            question = question(last.node(), last.run(), proposal.inverse(), "could not undo it");
        }
    }

    private Question question(Node node, Generation run, ConfigChange what, String refusal) {
        return new Question(node, run, what, refusal, proposal.patience(),
                late -> platform.timer().schedule(() -> supervisor.post(late), proposal.patience()));
    }

    private void end(Throwable failure) {
        over = true;
        if (question != null) {
            question.close();
        }
        // What others chained to it is their code.
        platform.threads().reuseOrRun("proc-daemon-promises", () -> {
            if (failure == null) {
                result.complete(null);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }
}
