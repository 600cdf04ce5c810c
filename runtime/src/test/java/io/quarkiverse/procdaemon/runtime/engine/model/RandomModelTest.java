package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.runtime.engine.sequence.ShutdownTimeouts;

class RandomModelTest {

    @Test
    void simulated() {
        Long only = Long.getLong("model.seed");
        long first = only != null ? only : 1;
        long last = only != null ? only : Integer.getInteger("model.cases", 10_000);
        long began = System.nanoTime();
        int failures = 0;
        for (long seed = first; seed <= last; seed++) {
            String text = run(seed, Integer.getInteger("model.nodes", 50), Integer.getInteger("model.steps", 100_000),
                    only != null);
            if (text != null) {
                String best = text;
                int steps = 100_000;
                int nodes = 50;
                for (int n = 1; n <= 50 && only == null; n++) {
                    for (int s = 0; s < 60; s++) {
                        String smaller = run(seed, n, s, false);
                        if (smaller != null) {
                            best = smaller;
                            steps = s;
                            nodes = n;
                            n = 100;
                            break;
                        }
                    }
                }
                System.out.println("seed " + seed + " -Dmodel.nodes=" + nodes + " -Dmodel.steps=" + steps + "\n" + best);
                if (++failures >= 5)
                    throw new AssertionError("failed");
            }
        }
        System.out.println((last - first + 1) + " cases took " + Duration.ofNanos(System.nanoTime() - began));
        if (failures > 0)
            throw new AssertionError("failed");
    }

    private static String run(long seed, int maxNodes, int maxSteps, boolean loud) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = random.nextInt(20) == 0 ? random.nextInt(1, 51) : random.nextInt(1, 9);
        int steps = random.nextInt(5, 20 + size * 8);
        RandomGraph graph = new RandomGraph(random.split());
        List<Plan> plans = graph.plans(Math.min(size, maxNodes));
        double waits = random.nextInt(4) == 0 ? 0.2 : 0;
        java.util.Set<String> waiting = java.util.concurrent.ConcurrentHashMap.newKeySet();
        plans.stream().map(Plan::name).filter(name -> random.nextDouble() < waits).forEach(waiting::add);
        ShutdownTimeouts timeouts = new ShutdownTimeouts(nanos(random, 500, 6_000), nanos(random, 6_001, 11_000),
                nanos(random, 11_001, 17_000));
        World world = new World(plans,
                new SimulatedStage(random.split(), waiting::contains), timeouts, true,
                waiting, random.split());
        Simulation simulation = new Simulation(world);
        try {
            new Script(random.split(), simulation, graph).play(Math.min(steps, maxSteps));
            return null;
        } catch (Throwable t) {
            java.io.StringWriter w = new java.io.StringWriter();
            t.printStackTrace(new java.io.PrintWriter(w));
            return String.join("\n", plans.stream().map(Plan::toString).toList()) + "\n" + timeouts + "\n"
                    + String.join("\n", simulation.diary) + "\n" + w + "\n" + simulation.model.subs.values();
        }
    }

    private static Duration nanos(SplittableRandom r, int a, int b) {
        return Duration.ofNanos(r.nextLong(a * 1_000_000L, b * 1_000_000L));
    }
}
