package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.runtime.engine.graph.RestartSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.loop.EventLoop;
import io.quarkiverse.procdaemon.runtime.engine.run.Events;
import io.quarkiverse.procdaemon.runtime.engine.run.Mark;
import io.quarkiverse.procdaemon.runtime.engine.run.Platform;

/**
 * The one writer of all subsystems' states: knows how many are active, and what is to become of one that is down. All
 * methods but {@link #family()}, {@link #commands()}, {@link #post} and {@link #busy()} are for messages only.
 */
public final class Supervisor {

    private final EventLoop loop;
    private final Platform platform;
    private final Milestones milestones;
    private final Events events;
    private final Mark mark = new Mark();
    private final Order order;
    private final Insistence insistence;
    private final Runs runs;
    private final Recovery recovery;
    private final Wishes wishes;
    private final Commands commands;
    private final Family family;
    private final Membership membership;
    private int active;
    /** Whether all are to stop, and each has been told so or will be when it is its turn. */
    private boolean goneThrough;

    /**
     * @param patience how long a run that is to end is waited for
     * @param jitter spreads restarts
     * @param milestones told of what happens
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException if the dependencies cannot be put in an order
     */
    public Supervisor(List<SubsystemSpec> specs, Platform platform, Events events, Patience patience, Jitter jitter,
            Milestones milestones) {
        this.loop = new EventLoop(platform.threads(), platform.ticker(), this::handled, milestones::outOfMemory);
        this.platform = platform;
        this.milestones = milestones;
        this.events = events;
        this.order = new Order(this::start, this::tell);
        this.insistence = new Insistence(platform, loop, patience, this::abandoned);
        this.runs = new Runs(order, platform, loop, insistence, milestones::outOfMemory, this::running, this::ended);
        this.recovery = new Recovery(platform, jitter, loop, milestones, this::comeBack);
        this.family = new Family(specs, this::node);
        this.membership = new Membership(family, platform.threads(), milestones);
        this.wishes = new Wishes(family, membership, order, recovery, loop.now(), this::rest);
        this.commands = new Commands(this, wishes, platform.threads());
    }

    private Node node(SubsystemSpec spec) {
        return new Node(spec, platform, loop.now(), events, mark, runs);
    }

    /** All subsystems; any thread may call this. */
    public Family family() {
        return family;
    }

    /** What may be asked of a single one; any thread may call this. */
    public Commands commands() {
        return commands;
    }

    /** Handles a message when all before it are done; any thread may call this. */
    public void post(Runnable message) {
        loop.execute(message);
    }

    private void handled() {
        order.workOff();
        milestones.handled();
    }

    /** What is armed by settings that have changed is armed anew. */
    public void settingsChanged() {
        family.inStartOrder().stream().filter(node -> node.state() == SubsystemState.RUNNING)
                .forEach(runs::settingsChanged);
    }

    /** How long it has been at one message; any thread may call this. */
    public Duration busy() {
        return loop.busy();
    }

    /**
     * All subsystems are wanted from now on, also those that are registered later.
     *
     * @param first called with each before it is
     */
    public void startAll(Consumer<Node> first) {
        wishes.startAll(first);
        commands.review();
        family.inStartOrder().stream().filter(Node::isAbandoned).forEach(milestones::down);
    }

    /** What each subsystem is now will be known later; to be called once. */
    public void mark() {
        mark.set();
    }

    /** No subsystem is wanted any more. Ends with {@link Milestones#allDown()}, at once if none is active. */
    public void stopAll(ShutdownReason reason, Patience common) {
        insistence.patience(common);
        wishes.stopAll(reason);
        goneThrough = true;
        if (active == 0) {
            milestones.allDown();
        }
    }

    /**
     * All are down after {@link #stopAll}, and may be started again as if for the first time.
     *
     * @param patience how long a run that is to end alone is waited for
     */
    public void reopen(Patience patience) {
        insistence.patience(patience);
        wishes.reopen();
        mark.clear();
        goneThrough = false;
    }

    /** Has the thread end when there is nothing more to do. Any thread may call this. */
    public void close() {
        loop.close();
    }

    /** Runs that are told to end from now on are waited for so long. */
    public void patience(Patience common) {
        insistence.patience(common);
    }

    /** Interrupts a run that has been told to end; nothing if it has not, or has ended. */
    public void force(Node node) {
        insistence.force(node);
    }

    /** Gives up on a run that has been told to end, so that what it depends on can be told; nothing if it has ended. */
    public void abandon(Node node) {
        insistence.abandon(node);
    }

    private void start(Node node) {
        active++;
        runs.start(node);
    }

    private void tell(Node node) {
        runs.tell(node);
    }

    private void running(Node node) {
        commands.running(node);
        milestones.running(node);
    }

    private void ended(Node node) {
        if (wishes.isStoppingAll()) {
            // One that was about to end anyway may do so before it is gone through.
            node.wanted = false;
        }
        RestartSettings gaveUpBy = recovery.conclude(node);
        down(node);
        if (gaveUpBy != null) {
            milestones.gaveUp(node, gaveUpBy);
        }
    }

    private void abandoned(Node node) {
        down(node);
        milestones.gaveUp(node, node.spec().settings().restart());
    }

    private void down(Node node) {
        active--;
        order.release(node);
        node.forgetRun();
        commands.ended(node);
        if (node.state() == SubsystemState.RESTARTING) {
            recovery.resumeLater(node);
        } else if (node.wanted) {
            comeBack(node);
        } else {
            rest(node);
        }
        if (goneThrough && active == 0) {
            milestones.allDown();
        }
    }

    private void comeBack(Node node) {
        order.await(node);
        reviewWaiting(node);
    }

    /** Says so if it waits in vain: what is in its way may be down for long, and a start must not wait for ever. */
    void reviewWaiting(Node node) {
        commands.review(node);
        if (milestones.isStarting() && node.state() == SubsystemState.WAITING) {
            Node obstacle = Commands.unwantedBelow(node);
            if (obstacle != null && !obstacle.isActive()) {
                milestones.down(obstacle);
            }
        }
    }

    /** It is STOPPED or FAILED and stays so. */
    private void rest(Node node) {
        if (node.leaving) {
            membership.leave(node);
        }
        commands.settle(node);
        milestones.down(node);
    }
}
