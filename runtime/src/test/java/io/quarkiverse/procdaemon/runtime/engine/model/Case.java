package io.quarkiverse.procdaemon.runtime.engine.model;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.quarkiverse.procdaemon.runtime.engine.shutdown.ShutdownTimeouts;

/**
 * One daemon and what happens to it, made from a seed: every tenth is a {@link Storm}, the others are {@link Simulation}s.
 *
 * @param nodes how many subsystems there are at most in the beginning
 * @param steps how many steps are taken at most before the end
 */
record Case(long seed, int nodes, int steps) {

    static final int MOST_NODES = 50;
    static final int MOST_STEPS = 1_000;

    static Case of(long seed) {
        return new Case(seed, MOST_NODES, MOST_STEPS);
    }

    boolean isStorm() {
        return seed % 10 == 0;
    }

    /** What went wrong and how it came to that; null if nothing did. */
    String play() {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(20) == 0 ? random.nextInt(1, MOST_NODES + 1) : random.nextInt(1, 9);
        int length = random.nextInt(5, 40 + size * 16);
        RandomGraph graph = new RandomGraph(random.split(), isStorm() && seed % 20 == 0);
        List<Plan> plans = graph.plans(Math.min(size, nodes));
        ShutdownTimeouts timeouts = new ShutdownTimeouts(millis(random, 500, 6_000), millis(random, 6_001, 11_000),
                millis(random, 11_001, 17_000));
        Set<String> waiting = ConcurrentHashMap.newKeySet();
        if (random.nextInt(4) == 0) {
            plans.stream().map(Plan::name).filter(name -> random.nextInt(5) == 0).forEach(waiting::add);
        }
        Stage stage = isStorm() ? new ThreadedStage() : new SimulatedStage(random.split(), waiting::contains);
        World world = new World(plans, stage, timeouts, random.nextInt(3) > 0, !isStorm(), waiting, random.split());
        if (isStorm()) {
            Storm storm = new Storm(random.split(), world, graph);
            return failure(world, List.of(), () -> storm.rage(Math.min(Math.min(length, 60), steps)));
        }
        Simulation simulation = new Simulation(world);
        Script script = new Script(random.split(), simulation, graph);
        return failure(world, simulation.diary, () -> script.play(Math.min(length, steps)));
    }

    private String failure(World world, List<String> diary, Runnable play) {
        LoggedErrors.go(world.faults);
        try {
            play.run();
            world.faults.check();
            return null;
        } catch (RuntimeException | AssertionError failure) {
            StringWriter text = new StringWriter();
            text.append(world.plans.values().stream().map(Plan::toString).collect(Collectors.joining("\n"))).append("\n")
                    .append(world.timeouts.toString()).append("\n").append(String.join("\n", diary)).append("\n");
            failure.printStackTrace(new PrintWriter(text));
            return text.append(world.engine.subsystems().toString()).toString();
        }
    }

    private static Duration millis(SplittableRandom random, int least, int most) {
        return Duration.ofNanos(random.nextLong(least * 1_000_000L, most * 1_000_000L));
    }

    /** How to play it alone. */
    @Override
    public String toString() {
        return "-Dmodel.seed=" + seed + (nodes < MOST_NODES ? " -Dmodel.nodes=" + nodes : "")
                + (steps < MOST_STEPS ? " -Dmodel.steps=" + steps : "");
    }
}
