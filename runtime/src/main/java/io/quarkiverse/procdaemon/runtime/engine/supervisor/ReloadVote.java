package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.log.LogFields;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.Threads;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;

/**
 * Asks those that run whether they go along with a change, one after the other in start order, and if one does not, has those
 * that did undo it, in reverse order. What starts meanwhile may have seen the old configuration, so it is asked, too: the round
 * is made again until nobody is left who was not asked.
 * <p>
 * It looks after each message how things stand, so that whatever becomes of a subsystem cannot leave it waiting. Confined to
 * the event loop but for {@link #result()}.
 */
public final class ReloadVote {

    private static final Logger LOG = Logger.getLogger(ReloadVote.class);
    private static final int MOST_ROUNDS = 10;

    private final Supervisor supervisor;
    private final EventLoop<Message> loop;
    private final Threads threads;
    private final Proposal proposal;
    private final CompletableFuture<List<String>> result = new CompletableFuture<>();
    private final Set<Run> asked = new HashSet<>();
    private final Deque<ReloadQuestion> agreed = new ArrayDeque<>();
    private @Nullable Iterator<ManagedSubsystem> round;
    private int rounds;
    private int askedBefore = -1;
    private @Nullable ReloadQuestion question;
    private @Nullable Throwable veto;
    private List<String> restarted = List.of();
    private boolean over;

    /**
     * A change of the configuration.
     *
     * @param affected which subsystems to ask, by name; called on the event loop
     * @param timeout how long each may take to answer, and to undo
     * @param change what is proposed
     * @param inverse the same with old and new values swapped, for those that agreed to what does not come
     * @param commit makes it so; called on the event loop when all have agreed, so that no subsystem can begin between that and
     *        the change; must be quick and must not block; its failure counts as a veto
     */
    public record Proposal(Predicate<String> affected, Duration timeout, ConfigChange change, ConfigChange inverse,
            Runnable commit) {
    }

    /** @param threads where the result completes */
    public ReloadVote(Supervisor supervisor, EventLoop<Message> loop, Threads threads, Proposal proposal) {
        this.supervisor = supervisor;
        this.loop = loop;
        this.threads = threads;
        this.proposal = proposal;
    }

    /**
     * Completes, on a thread of its own, when all have agreed, with the names of those that are restarted for the change, in
     * start
     * order; else with a {@link SubsystemException} that names the one that
     * did not, those that could not undo it suppressed in it; with a {@link DaemonStateException} as soon as the daemon shuts
     * down, or if it is asking about another change. Any thread may call this.
     */
    public CompletionStage<List<String>> result() {
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

    /** A run has answered, perhaps an earlier question. */
    public void answered(Run run, @Nullable Thrown thrown) {
        if (question != null) {
            question.answered(run, thrown);
        }
    }

    /** The time of a run to answer is up. */
    public void overdue(Run run) {
        if (question != null) {
            question.overdue(run);
        }
    }

    /** Goes on if it can; to be called after each message. */
    public void review(boolean ending) {
        try {
            while (!over && (ending || question == null || question.isOver())) {
                step(ending);
            }
        } catch (RuntimeException | Error bug) {
            LOG.error("The reload is rejected because the subsystems could not be asked about it", bug);
            end(bug);
        }
    }

    private void step(boolean ending) {
        if (ending) {
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

    private void conclude(ReloadQuestion answered) {
        if (veto == null) {
            veto = answered.obstacle();
            if (answered.isAgreed()) {
                agreed.push(answered);
            }
        } else if (answered.obstacle() != null) {
            veto.addSuppressed(answered.obstacle());
            ManagedSubsystem subsystem = answered.subsystem();
            try (LogFields fields = LogFields.ofLine(subsystem.name(), answered.run().number(), subsystem.state(),
                    ErrorCode.RELOAD_VETOED)) {
                LOG.errorf(answered.obstacle(), "Subsystem '%s' may have kept its part of a reload that was rejected",
                        subsystem.name());
            }
        }
    }

    private void askNext() {
        ManagedSubsystem subsystem = next();
        if (subsystem == null) {
            commit();
        } else if (rounds > MOST_ROUNDS) {
            veto = new SubsystemException(ErrorCode.RELOAD_TIMED_OUT, subsystem.name(), "subsystem '" + subsystem.name()
                    + "' was started again whenever it had been asked", null);
        } else {
            asked.add(subsystem.run());
            question = question(subsystem, subsystem.run(), proposal.change(), "vetoed it");
        }
    }

    /** The next to be asked; null when a whole round has found nobody. */
    private @Nullable ManagedSubsystem next() {
        while (true) {
            while (round != null && round.hasNext()) {
                ManagedSubsystem subsystem = round.next();
                if (isToBeAsked(subsystem)) {
                    return subsystem;
                }
            }
            if (asked.size() == askedBefore) {
                return null;
            }
            askedBefore = asked.size();
            round = supervisor.registry().inStartOrder().iterator();
            rounds++;
        }
    }

    private boolean isToBeAsked(ManagedSubsystem subsystem) {
        boolean mayHaveSeenTheOld = subsystem.isAvailable()
                || subsystem.isStaying() && subsystem.state() == SubsystemState.STARTING;
        return mayHaveSeenTheOld && subsystem.spec().behavior().onReload() != null
                && !asked.contains(subsystem.run()) && proposal.affected().test(subsystem.name());
    }

    private void commit() {
        try {
            proposal.commit().run();
            restarted = supervisor.restartFor(proposal.change());
            end(null);
        } catch (RuntimeException failure) {
            veto = failure;
        }
    }

    private void undoNext() {
        ReloadQuestion last = agreed.poll();
        if (last == null) {
            end(veto);
        } else {
            question = question(last.subsystem(), last.run(), proposal.inverse(), "could not undo it");
        }
    }

    private ReloadQuestion question(ManagedSubsystem subsystem, Run run, ConfigChange change, String refusal) {
        return new ReloadQuestion(subsystem, run, change, refusal, proposal.timeout(), loop);
    }

    private void end(@Nullable Throwable failure) {
        over = true;
        if (question != null) {
            question.close();
        }
        // What others chained to it is their code.
        threads.reuseOrRun("proc-daemon-promises", () -> {
            if (failure == null) {
                result.complete(restarted);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }
}
