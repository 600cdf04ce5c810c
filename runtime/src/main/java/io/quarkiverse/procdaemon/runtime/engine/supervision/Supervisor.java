package io.quarkiverse.procdaemon.runtime.engine.supervision;

import java.time.Duration;
import java.util.List;

import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.graph.Action;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Events;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Generation;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Lifecycle;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Phase;
import io.quarkiverse.procdaemon.runtime.engine.lifecycle.Platform;

/**
 * The one writer of all subsystems' states: takes each from one phase to the next. When it may start and when it must end is
 * {@link Order}'s to say.
 */
public final class Supervisor {

    private final Mailbox mailbox;
    private final Order order = new Order(this::start, this::tell);
    private final Platform platform;
    private final Milestones milestones;
    private final Family family;
    private Patience patience;
    private int active;
    private boolean stoppingAll;

    /**
     * @param patience how long a run that is to end is waited for
     * @param milestones told of what happens
     * @throws io.quarkiverse.procdaemon.InvalidConfigurationException if the dependencies cannot be put in an order
     */
    public Supervisor(List<SubsystemSpec> specs, Platform platform, Events events, Patience patience, Milestones milestones) {
        this.mailbox = new Mailbox(platform.ticker());
        this.platform = platform;
        this.milestones = milestones;
        this.patience = patience;
        this.family = new Family(specs, spec -> node(spec, events));
    }

    private Node node(SubsystemSpec spec, Events events) {
        Node[] self = new Node[1];
        Lifecycle lifecycle = new Lifecycle(spec, platform, events,
                (generation, phase, failure) -> post(() -> phaseEnded(self[0], generation, phase, failure)));
        self[0] = new Node(lifecycle, new Promises(platform.threads()), new Promises(platform.threads()));
        return self[0];
    }

    /** All subsystems; any thread may call this. */
    public Family family() {
        return family;
    }

    /** Handles a message when all before it are done; any thread may call this. All other methods are for messages only. */
    public void post(Runnable message) {
        mailbox.post(() -> {
            message.run();
            order.workOff();
        });
    }

    /** How long it has been at one message; any thread may call this. */
    public Duration busy() {
        return mailbox.busy();
    }

    /** All subsystems are wanted from now on. */
    public void startAll() {
        for (Node node : family.inStartOrder()) {
            want(node);
        }
    }

    /** No subsystem is wanted any more. Ends with {@link Milestones#allDown()}, at once if none is active. */
    public void stopAll(ShutdownReason reason, Patience common) {
        stoppingAll = true;
        patience = common;
        Node[] nodes = family.inStartOrder();
        for (int i = nodes.length - 1; i >= 0; i--) {
            Node node = nodes[i];
            node.wanted = false;
            if (node.isActive()) {
                order.end(node, reason);
            } else {
                stopIdle(node);
            }
        }
        if (active == 0) {
            milestones.allDown();
        }
    }

    boolean isStoppingAll() {
        return stoppingAll;
    }

    /** Marks what does not run as stopped, unless it has ended already. */
    void stopIdle(Node node) {
        if (node.state() != SubsystemState.STOPPED && node.state() != SubsystemState.FAILED) {
            node.lifecycle().stopped();
            Commands.settle(node);
            milestones.down(node);
        }
    }

    /** It is to run whenever it can. */
    void want(Node node) {
        node.wanted = true;
        if (!node.isActive() && node.state() != SubsystemState.WAITING) {
            order.await(node);
        }
    }

    /** It is to end, after its dependents, and to come back only if it is still wanted. */
    void bringDown(Node node, ShutdownReason reason) {
        order.bringDown(node, reason);
    }

    private void start(Node node) {
        active++;
        order.hold(node);
        Generation generation = node.lifecycle().start();
        Action onStart = node.spec().behavior().onStart();
        if (onStart == null) {
            running(node);
        } else {
            generation.timeoutAfter(node.spec().settings().startTimeout(),
                    () -> post(() -> startTimedOut(node, generation)));
            generation.begin(Phase.START, onStart);
        }
    }

    private void running(Node node) {
        node.lifecycle().started();
        order.available(node);
        Action run = node.spec().behavior().run();
        if (run != null) {
            node.generation().begin(Phase.RUN, run);
        }
        node.probe = HealthProbe.watch(node, platform, this);
        node.started.keep();
        milestones.running(node);
    }

    private void phaseEnded(Node node, Generation generation, Phase phase, Throwable failure) {
        generation.ended(phase);
        if (node.generation() != generation || !node.isActive()) {
            return;
        }
        switch (node.state()) {
            case STARTING -> started(node, failure);
            case RUNNING -> bodyEnded(node, failure);
            default -> {
                if (phase == Phase.STOP && failure != null) {
                    fail(node, SubsystemEvent.Phase.STOP, failure);
                }
                if (node.told) {
                    cleanUp(node);
                }
            }
        }
    }

    private void started(Node node, Throwable failure) {
        node.generation().cancelTimeout();
        if (failure == null) {
            running(node);
        } else {
            fail(node, SubsystemEvent.Phase.START, failure);
        }
    }

    private void bodyEnded(Node node, Throwable failure) {
        if (failure != null) {
            fail(node, SubsystemEvent.Phase.RUN, failure);
        } else {
            node.wanted = false;
            bringDown(node, new ShutdownReason.Requested("the end of its body"));
        }
    }

    private void startTimedOut(Node node, Generation generation) {
        if (node.generation() == generation && node.state() == SubsystemState.STARTING) {
            fail(node, SubsystemEvent.Phase.START, Errors.startTimedOut(node));
        }
    }

    private void fail(Node node, SubsystemEvent.Phase phase, Throwable cause) {
        boolean wasAvailable = node.isAvailable();
        node.failed = true;
        node.wanted = false;
        node.lifecycle().fail(phase, cause);
        if (wasAvailable) {
            order.lost(node);
        }
        bringDown(node, new ShutdownReason.Error(node.name(), cause));
    }

    private void tell(Node node) {
        node.told = true;
        Generation generation = node.generation();
        generation.cancelTimeout();
        if (node.probe != null) {
            node.probe.cancel();
        }
        if (!node.failed) {
            node.lifecycle().stop(node.ending);
        }
        boolean starting = generation.isStarting();
        Duration own = node.spec().settings().stopTimeout();
        Duration untilForced = patience.untilForced(own);
        generation.tell(node.ending, untilForced);
        if (starting) {
            generation.interrupt();
        }
        if (untilForced.isZero()) {
            if (generation.isBusy()) {
                force(node, generation);
            } else {
                generation.force();
            }
        } else if (patience.isOwn(own) && generation.hasMoreToDo()) {
            generation.timeoutAfter(untilForced, () -> post(() -> force(node, generation)));
        }
        cleanUp(node);
    }

    private void cleanUp(Node node) {
        Generation generation = node.generation();
        if (generation.isBusy()) {
            return;
        }
        if (generation.takeCleanUp()) {
            generation.begin(Phase.STOP, node.spec().behavior().onStop());
        } else {
            generation.cancelTimeout();
            if (node.failed) {
                node.lifecycle().giveUp();
            } else {
                node.lifecycle().stopped();
            }
            down(node);
        }
    }

    /** Interrupts a run that has been told to end; nothing if it has not, or has ended. */
    public void force(Node node) {
        force(node, node.generation());
    }

    /** Gives up on a run that has been told to end, so that what it depends on can be told; nothing if it has ended. */
    public void abandon(Node node) {
        abandon(node, node.generation());
    }

    private void force(Node node, Generation generation) {
        if (node.generation() == generation && node.told && !generation.isForced()) {
            node.lifecycle().stopTimedOut();
            generation.force();
            if (patience.grace() != null) {
                generation.timeoutAfter(patience.grace(), () -> post(() -> abandon(node, generation)));
            }
        }
    }

    private void abandon(Node node, Generation generation) {
        if (node.generation() == generation && node.told) {
            generation.cancelTimeout();
            node.wanted = false;
            node.lifecycle().abandon();
            generation.interrupt();
            down(node);
        }
    }

    private void down(Node node) {
        active--;
        node.told = false;
        node.ending = null;
        node.failed = false;
        order.release(node);
        if (node.wanted) {
            order.await(node);
        } else {
            Commands.settle(node);
            milestones.down(node);
        }
        if (stoppingAll && active == 0) {
            milestones.allDown();
        }
    }
}
