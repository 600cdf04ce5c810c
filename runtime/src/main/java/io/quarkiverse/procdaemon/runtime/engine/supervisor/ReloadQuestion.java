package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior.ReloadCode;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.loop.TimerQueue;
import io.quarkiverse.procdaemon.runtime.engine.run.Message;
import io.quarkiverse.procdaemon.runtime.engine.run.Phase;
import io.quarkiverse.procdaemon.runtime.engine.run.Run;
import io.quarkiverse.procdaemon.runtime.engine.time.Durations;

/**
 * One call of {@code onReload} in one run, made as soon as the run is RUNNING and not busy with an earlier one, whose answer
 * came too late. Over when it has answered, when its time is up, or when the run is about to end: then its answer does not
 * matter any more. Confined to the event loop.
 */
final class ReloadQuestion {

    private final ManagedSubsystem subsystem;
    private final Run run;
    private final ConfigChange change;
    private final String refusal;
    private final Duration timeout;
    private final EventLoop<Message> loop;
    private TimerQueue.@Nullable Timeout<Message> overdue;
    private boolean asked;
    private boolean agreed;
    private boolean over;
    private @Nullable SubsystemException obstacle;

    /**
     * @param run the run of the subsystem that is meant, and no later one
     * @param refusal what it means if it throws, as in {@code vetoed it}
     * @param timeout how long it may take until it can be asked, and then to answer
     */
    ReloadQuestion(ManagedSubsystem subsystem, Run run, ConfigChange change, String refusal, Duration timeout,
            EventLoop<Message> loop) {
        this.subsystem = subsystem;
        this.run = run;
        this.change = change;
        this.refusal = refusal;
        this.timeout = timeout;
        this.loop = loop;
    }

    ManagedSubsystem subsystem() {
        return subsystem;
    }

    Run run() {
        return run;
    }

    /** Whether it has answered, and did not throw. */
    boolean isAgreed() {
        return agreed;
    }

    /** Why it has not agreed; null if it has, or if that does not matter any more. */
    @Nullable
    SubsystemException obstacle() {
        return obstacle;
    }

    /** Asks if that is possible now; whether this is over. To be called after each message until it is. */
    boolean isOver() {
        if (over) {
            return true;
        }
        if (subsystem.run() != run || !subsystem.isStaying()) {
            close();
        } else if (!asked && subsystem.state() == SubsystemState.RUNNING && !run.isIn(Phase.RELOAD)) {
            ask();
        } else if (overdue == null) {
            overdue = loop.after(timeout, new Message.ReloadOverdue(run));
        }
        return over;
    }

    private void ask() {
        cancelTimeout();
        asked = true;
        overdue = loop.after(timeout, new Message.ReloadOverdue(run));
        ReloadCode reaction = subsystem.spec().behavior().onReload();
        run.begin(Phase.RELOAD, context -> reaction.react(change));
    }

    void answered(Run who, @Nullable Thrown thrown) {
        if (over || !asked || who != run) {
            return;
        }
        if (thrown == null) {
            agreed = true;
            close();
        } else {
            refuse(ErrorCode.RELOAD_VETOED, refusal + ": " + thrown.summary(), thrown.throwable());
        }
    }

    void overdue(Run who) {
        if (over || who != run) {
            return;
        }
        if (asked) {
            run.interrupt(Phase.RELOAD);
            refuse(ErrorCode.RELOAD_TIMED_OUT,
                    "did not answer within " + Durations.text(timeout) + " and was interrupted", null);
        } else {
            refuse(ErrorCode.RELOAD_TIMED_OUT,
                    "was still " + (run.isIn(Phase.RELOAD) ? "busy with an earlier reload" : "starting") + " after "
                            + Durations.text(timeout) + " and could not be asked",
                    null);
        }
    }

    private void refuse(ErrorCode code, String why, @Nullable Throwable cause) {
        obstacle = new SubsystemException(code, subsystem.name(), "subsystem '" + subsystem.name() + "' " + why, cause);
        close();
    }

    /** Whatever comes now does not count any more. */
    void close() {
        over = true;
        cancelTimeout();
    }

    private void cancelTimeout() {
        if (overdue != null) {
            overdue.cancel();
            overdue = null;
        }
    }
}
