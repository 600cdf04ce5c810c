package io.quarkiverse.procdaemon.runtime.engine.model;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.LogRecord;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.ShutdownReason;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.foreign.Thrown;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/**
 * A daemon whose decisions fail now and then. Nobody can say what must become of it, but its runs are still what a
 * {@link Witness} allows, the bug ends the daemon, once said and in time, and nobody waits for ever.
 */
final class Injected {

    private static final ShutdownTimeouts TIMEOUTS = new ShutdownTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(6),
            Duration.ofSeconds(9));

    private final SplittableRandom random;
    private final Injector injector;
    private final World world;
    private final List<CompletionStage<Void>> promises = new ArrayList<>();
    private final List<LogRecord> errors = new ArrayList<>();
    private final List<String> names;
    private final RandomGraph graph;
    private Caller start;
    private Caller stop;

    Injected(long seed) {
        random = new SplittableRandom(seed);
        injector = new Injector(random.split(), random.nextInt(4) == 0 ? 1_000 : random.nextInt(1, 4),
                random.nextInt(1, 60));
        graph = new RandomGraph(random.split(), false);
        List<Plan> plans = graph.plans(random.nextInt(1, 9));
        Set<String> waiting = ConcurrentHashMap.newKeySet();
        world = new World(plans, new SimulatedStage(random.split(), waiting::contains), TIMEOUTS, random.nextInt(3) > 0, true,
                waiting, random.split(), injector);
        names = new ArrayList<>(world.plans.keySet());
    }

    /** What went wrong; null if nothing did. */
    String play() {
        LoggedErrors.go(errors::add);
        try {
            int steps = random.nextInt(5, 150);
            int starts = random.nextInt(3) > 0 ? 0 : random.nextInt(5);
            for (int i = 0; i < steps; i++) {
                if (i == starts) {
                    start = new Caller("model-start", world.engine::start);
                    start.awaitBlocked();
                }
                step();
            }
            end();
            world.faults.check();
            return null;
        } catch (RuntimeException | AssertionError failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            return text + "thrown " + injector.thrown + "\n" + world.engine.subsystems();
        } finally {
            letGo();
        }
    }

    /** No thread is left to the tests that come next. */
    private void letGo() {
        for (List<Gate> gates = world.stage.gates(); !gates.isEmpty(); gates = world.stage.gates()) {
            for (Gate gate : gates) {
                world.stage.remove(gate);
                world.stage.open(gate, null);
            }
            world.stage.settle();
        }
    }

    private void step() {
        switch (random.nextInt(9)) {
            case 8 -> fork();
            case 0, 1 -> open(random.nextInt(4) == 0);
            case 2, 3 -> world.stage.settle();
            case 4 -> world.stage.step();
            case 5, 6 -> command();
            default -> world.clock.step(random.nextBoolean() && world.clock.nextDue() < Sub.NEVER ? world.clock.nextDue()
                    : world.clock.nanos() + random.nextLong(1, 2_000_000_000));
        }
    }

    private void fork() {
        List<Gate> gates = world.stage.gates();
        if (!gates.isEmpty()) {
            Gate gate = gates.get(random.nextInt(gates.size()));
            try {
                world.fork(gate);
            } catch (IllegalStateException tooLate) {
                // It was asked to stop.
            }
        }
    }

    private void open(boolean throwing) {
        List<Gate> gates = world.stage.gates().stream()
                .filter(gate -> gate.phase != Phase.RUN || gate.context.isShutdown() || random.nextInt(10) == 0).toList();
        if (!gates.isEmpty()) {
            Gate gate = gates.get(random.nextInt(gates.size()));
            world.stage.remove(gate);
            world.open(gate, throwing ? new IllegalStateException(gate + " throws") : null);
        }
    }

    private void command() {
        String name = names.get(random.nextInt(names.size()));
        try {
            promises.add(switch (random.nextInt(6)) {
                case 0, 1 -> world.engine.start(name);
                case 2 -> world.engine.restart(name);
                case 3 -> world.engine.stop(name);
                case 4 -> world.engine.unregister(name);
                default -> world.register(graph.another(List.of(name)));
            });
        } catch (DaemonException refused) {
            // It is not there any more, or cannot be there.
        } catch (RuntimeException | Error refused) {
            require(injector.thrown.contains(Thrown.unwrapped(refused)), "a command threw %s", refused);
        }
    }

    private void end() {
        // If not even one decision succeeds, only the kill switch ends the process.
        if (random.nextBoolean() | injector.leavesNothing()) {
            injector.end();
        }
        stop = new Caller("model-stop", () -> world.engine.stop(new ShutdownReason.Requested("the model test")));
        stop.awaitBlocked();
        long latest = world.clock.nanos() + TIMEOUTS.kill().toNanos();
        Set<Gate> hanging = new HashSet<>();
        while (world.engine.state() != DaemonState.STOPPED && world.clock.nanos() <= latest) {
            world.stage.settle();
            List<Gate> gates = world.stage.gates().stream().filter(gate -> !hanging.contains(gate)).toList();
            if (gates.isEmpty()) {
                world.clock.step(Math.min(latest + 1, world.clock.nextDue()));
            } else if (random.nextInt(4) == 0) {
                hanging.add(gates.get(0));
            } else {
                world.stage.remove(gates.get(0));
                world.open(gates.get(0), null);
            }
        }
        world.stage.settle();
        check();
    }

    private void check() {
        require(world.engine.state() == DaemonState.STOPPED, "it is still %s when the kill timeout is over",
                world.engine.state());
        require(stop.result() == null, "Engine.stop() threw %s", stop.result());
        if (start != null) {
            require(start.result() == null || start.result() instanceof DaemonException, "Engine.start() threw %s",
                    start.result());
        }
        for (SubsystemInfo info : world.engine.subsystems()) {
            require(info.state() == SubsystemState.STOPPED || info.state() == SubsystemState.FAILED, "there is %s", info);
        }
        long open = promises.stream().map(CompletionStage::toCompletableFuture).filter(one -> !one.isDone()).count();
        require(open == 0, "%d of %d stages are not complete", open, promises.size());
        world.witness.checkSuspects();
        world.witness.checkAllEnded();
        logged();
    }

    /** What ends a phase, refuses a registration or leaves a promise to the event loop itself is no bug of a decision. */
    private void logged() {
        for (Throwable one : injector.thrown) {
            long times = errors.stream().map(LogRecord::getThrown).filter(Objects::nonNull).filter(logged -> logged == one)
                    .count();
            require(times <= 1, "%s was logged %d times", one, times);
        }
        boolean isCause = world.engine.lastShutdown().orElseThrow().reason()
                .orElse(null) instanceof ShutdownReason.Requested requested
                && requested.by().startsWith("an internal error");
        require(!isCause || world.exit.get() == 1, "exit code %d after a bug", world.exit.get());
        long bugs = errors.stream().filter(entry -> entry.getMessage().startsWith("The supervisor failed on a message"))
                .count();
        require(bugs <= 1, "the end is logged %d times", bugs);
    }

    private static void require(boolean truth, String format, Object... arguments) {
        if (!truth) {
            throw new AssertionError(String.format(format, arguments));
        }
    }
}
