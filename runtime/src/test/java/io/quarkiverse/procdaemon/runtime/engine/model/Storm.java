package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Predicate;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.InvalidConfigurationException;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemNotFoundException;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;

/**
 * Several hands do to one daemon, on real threads and all at once, what comes into their heads. Nobody can say what must become
 * of it, but some things must hold whatever happens: they are watched by {@link EventCheck} and {@link Witness}, and in the end
 * everything is down, every promise is settled and nothing is left.
 */
final class Storm {

    private static final int ENDLESS = 2_000;

    private final SplittableRandom random;
    private final World world;
    private final RandomGraph graph;
    private final Queue<CompletionStage<Void>> promises = new ConcurrentLinkedQueue<>();
    private final List<Plan> spare = new ArrayList<>();
    private final Queue<Piece> works = new ConcurrentLinkedQueue<>();
    private final List<String> names;
    private volatile Caller stop;

    Storm(SplittableRandom random, World world, RandomGraph graph) {
        this.random = random;
        this.world = world;
        this.graph = graph;
        this.names = new ArrayList<>(world.plans.keySet());
    }

    /** So many things done by each of several hands, and then the end. */
    void rage(int steps) {
        for (int i = random.nextInt(4); i > 0; i--) {
            spare.add(graph.another(List.copyOf(new HashSet<>(List.of(any(random, names), any(random, names))))));
        }
        spare.forEach(plan -> names.add(plan.name()));
        spare.forEach(plan -> world.plans.put(plan.name(), plan));
        spare.addAll(world.plans.values().stream().limit(2).toList());

        Caller start = new Caller("model-start", world.engine::start);
        List<Caller> hands = new ArrayList<>();
        int count = random.nextInt(2, 4);
        CyclicBarrier together = new CyclicBarrier(count);
        for (int i = 0; i < count; i++) {
            SplittableRandom own = random.split();
            hands.add(new Caller("model-hand-" + i, () -> hand(own, together, steps)));
        }
        for (Caller hand : hands) {
            Throwable failure = hand.result();
            if (failure != null) {
                throw new AssertionError("a hand failed", failure);
            }
        }
        end(start);
    }

    private void hand(SplittableRandom own, CyclicBarrier together, int steps) {
        try {
            together.await();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
        for (int i = 0; i < steps; i++) {
            try {
                step(own);
            } catch (SubsystemNotFoundException | InvalidConfigurationException | DaemonStateException raced) {
                // another hand was faster
            }
        }
    }

    private void step(SplittableRandom own) {
        int choice = own.nextInt(100);
        if (choice < 45) {
            open(own, gate -> gate.phase != Phase.RUN || gate.context.isShutdown() || own.nextInt(4) == 0);
        } else if (choice < 60) {
            long next = world.clock.nextDue();
            world.clock.step(own.nextBoolean() && next < Sub.NEVER ? next : world.clock.nanos() + own.nextLong(2_000_000_000));
        } else if (choice < 65) {
            world.stage.gates().forEach(gate -> gate.context.heartbeat());
            work(own);
        } else if (choice < 98) {
            command(own, any(own, names));
        } else if (choice < 99) {
            world.engine.shutdown(own.nextInt(256));
        } else if (own.nextInt(4) == 0) {
            stop();
        }
    }

    private void work(SplittableRandom own) {
        Piece piece = own.nextBoolean() ? works.poll() : null;
        List<Gate> gates = world.stage.gates();
        if (piece != null) {
            world.end(piece);
        } else if (!gates.isEmpty()) {
            Gate gate = any(own, gates);
            switch (own.nextInt(8)) {
                case 0 -> gate.context.fail(new IllegalStateException(gate + " fails"));
                case 1, 2, 3 -> fork(gate);
                default -> {
                    works.add(new Piece(gate, gate.context.begin()));
                    world.witness.work(gate, 1);
                }
            }
        }
    }

    private void command(SplittableRandom own, String name) {
        switch (own.nextInt(5)) {
            case 0 -> {
                world.events.commanded(name);
                promises.add(world.engine.start(name));
            }
            case 1 -> {
                world.events.commanded(name);
                promises.add(world.engine.restart(name));
            }
            case 2 -> promises.add(world.engine.stop(name));
            case 3 -> promises.add(world.engine.unregister(name));
            default -> {
                if (!spare.isEmpty()) {
                    promises.add(world.register(spare.get(own.nextInt(spare.size()))));
                }
            }
        }
    }

    private void fork(Gate gate) {
        try {
            world.fork(gate);
        } catch (IllegalStateException tooLate) {
            // It was asked to stop.
        }
    }

    private void open(SplittableRandom own, Predicate<Gate> ripe) {
        List<Gate> gates = world.stage.gates().stream().filter(ripe).toList();
        if (!gates.isEmpty()) {
            Gate gate = gates.get(own.nextInt(gates.size()));
            if (world.stage.remove(gate)) {
                world.open(gate, own.nextInt(4) == 0 ? new IllegalStateException(gate + " throws") : null);
            }
        }
    }

    private static <T> T any(SplittableRandom own, List<T> list) {
        return list.get(own.nextInt(list.size()));
    }

    private synchronized void stop() {
        if (stop == null) {
            stop = new Caller("model-stop", () -> world.engine.stop(new ShutdownReason.Requested("the model test")));
        }
    }

    private void end(Caller start) {
        stop();
        start.awaitBlocked();
        stop.awaitBlocked();
        Set<Gate> hanging = new HashSet<>();
        for (int i = 0; world.engine.state() != DaemonState.STOPPED; i++) {
            if (i == ENDLESS) {
                throw new AssertionError("no end: " + world.engine.subsystems());
            }
            world.stage.settle();
            List<Gate> gates = world.stage.gates().stream().filter(gate -> !hanging.contains(gate)).toList();
            if (random.nextBoolean()) {
                works.removeIf(this::mayEnd);
            }
            if (gates.isEmpty()) {
                if (world.clock.nextDue() < Sub.NEVER) {
                    world.clock.step(world.clock.nextDue());
                }
            } else if (random.nextInt(5) == 0) {
                hanging.add(gates.get(0));
            } else {
                open(random, gate -> !hanging.contains(gate));
            }
        }
        finish(start);
    }

    private boolean mayEnd(Piece piece) {
        boolean may = random.nextInt(4) > 0;
        if (may) {
            world.end(piece);
        }
        return may;
    }

    private void finish(Caller start) {
        Throwable failure = stop.result();
        world.faults.require(failure == null, "Engine.stop() threw %s", failure);
        Throwable startFailure = start.result();
        world.faults.require(startFailure == null || startFailure instanceof DaemonException, "Engine.start() threw %s",
                startFailure);
        world.stage.settle();
        List<SubsystemInfo> before = world.engine.subsystems();
        for (SubsystemInfo info : before) {
            world.faults.require(info.state() == SubsystemState.STOPPED || info.state() == SubsystemState.FAILED,
                    "in the end there is %s", info);
        }
        world.events.compare(before);
        world.faults.require(promises.stream().map(CompletionStage::toCompletableFuture).allMatch(CompletableFuture::isDone),
                "there are open promises");
        world.faults.require(
                world.exit.get() == -1 || world.engine.shutdownCoordinator().exitCode().orElse(-1) == world.exit.get(),
                "exit code %s, not %d",
                world.engine.shutdownCoordinator().exitCode(), world.exit.get());
        world.finish(List.copyOf(works));
    }
}
