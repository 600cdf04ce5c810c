package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.function.Function;

import io.quarkiverse.procdaemon.ConfigChange;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.SubsystemException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.graph.Reaction;
import io.quarkiverse.procdaemon.runtime.engine.run.Generation;
import io.quarkiverse.procdaemon.runtime.engine.time.DurationText;
import io.quarkiverse.procdaemon.runtime.engine.time.Timer;

/**
 * What one run of a subsystem is asked, once, as soon as it is RUNNING and not busy with an earlier question, whose answer came
 * too late. Over when it has answered, when patience is, or when the run is about to end: then its answer does not matter any
 * more. Confined to the event loop.
 */
final class Question {

    private final Node node;
    private final Generation run;
    private final ConfigChange what;
    private final String refusal;
    private final Duration patience;
    private final Function<Runnable, Timer.Timeout> alarm;
    private Timer.Timeout timeout;
    private boolean asked;
    private boolean agreed;
    private boolean over;
    private SubsystemException obstacle;

    /**
     * @param run the run of the subsystem that is meant, and no later one
     * @param refusal what it means if it throws, as in {@code vetoed it}
     * @param alarm has something called on the event loop when patience is over
     */
    Question(Node node, Generation run, ConfigChange what, String refusal, Duration patience,
            Function<Runnable, Timer.Timeout> alarm) {
        this.node = node;
        this.run = run;
        this.what = what;
        this.refusal = refusal;
        this.patience = patience;
        this.alarm = alarm;
    }

    Node node() {
        return node;
    }

    Generation run() {
        return run;
    }

    /** Whether it has answered, and did not throw. */
    boolean isAgreed() {
        return agreed;
    }

    /** Why it has not agreed; null if it has, or if that does not matter any more. */
    SubsystemException obstacle() {
        return obstacle;
    }

    /** Goes on if it can, and says whether that is the end; to be called after each message until it is. */
    boolean isOver() {
        if (over) {
            return true;
        }
        if (node.lifecycle().generation() != run || !node.isStaying()) {
            close();
        } else if (!asked && node.lifecycle().state() == SubsystemState.RUNNING && !run.isReloading()) {
            ask();
        } else if (timeout == null) {
            timeout = alarm.apply(this::isNotToBeAsked);
        }
        return over;
    }

    private void ask() {
        cancelTimeout();
        asked = true;
        timeout = alarm.apply(this::answerIsLate);
        Reaction reaction = node.spec().behavior().onReload();
        run.ask(context -> reaction.react(what), this::answered);
    }

    private void answered(Thrown thrown) {
        if (over) {
            return;
        }
        if (thrown == null) {
            agreed = true;
            close();
        } else {
            refuse(ErrorCode.RELOAD_VETOED, refusal + ": " + thrown.summary(), thrown.throwable());
        }
    }

    private void answerIsLate() {
        if (!over) {
            run.interruptReload();
            refuse(ErrorCode.RELOAD_TIMED_OUT,
                    "did not answer within " + DurationText.of(patience) + " and was interrupted", null);
        }
    }

    private void isNotToBeAsked() {
        if (!over && !asked) {
            refuse(ErrorCode.RELOAD_TIMED_OUT,
                    "was still " + (run.isReloading() ? "busy with an earlier reload" : "starting") + " after "
                            + DurationText.of(patience) + " and could not be asked",
                    null);
        }
    }

    private void refuse(ErrorCode code, String why, Throwable cause) {
        obstacle = new SubsystemException(code, node.name(), "subsystem '" + node.name() + "' " + why, cause);
        close();
    }

    /** Whatever comes now is not heard any more. */
    void close() {
        over = true;
        cancelTimeout();
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel();
        }
    }
}
