package io.quarkiverse.procdaemon.runtime.engine.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;

/** What happens to one simulated daemon: chance picks the next step from what is possible at that moment. */
final class Script {

    private static final int ENDLESS = 5_000;

    private final SplittableRandom random;
    private final Simulation simulation;
    private final RandomGraph graph;
    private final List<Plan> unregistered = new ArrayList<>();
    private final double failing;
    private final double stubborn;
    private final double commanding;
    private final double outages;

    Script(SplittableRandom random, Simulation simulation, RandomGraph graph) {
        this.random = random;
        this.simulation = simulation;
        this.graph = graph;
        this.failing = List.of(0.03, 0.2, 0.6).get(random.nextInt(3));
        this.stubborn = List.of(0.0, 0.1, 0.4).get(random.nextInt(3));
        this.outages = List.of(0.0, 0.3, 0.9).get(random.nextInt(3));
        this.commanding = List.of(0.02, 0.1, 0.3).get(random.nextInt(3));
    }

    /** So many steps, and then the end. */
    void play(int steps) {
        int start = chance(0.7) ? 0 : random.nextInt(20);
        boolean never = chance(0.02);
        for (int i = 0; i < steps; i++) {
            if (i == start && !never) {
                simulation.start();
            }
            step();
        }
        end();
    }

    private void step() {
        if (chance(commanding)) {
            command();
            return;
        }
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> openAny();
            case 4, 5 -> simulation.runThreads();
            case 6 -> {
                for (int i = random.nextInt(4); i >= 0 && simulation.runThread();) {
                    i--;
                }
            }
            case 7 -> calm();
            case 8 -> {
                if (chance(0.4)) {
                    heartbeat();
                } else if (chance(0.5)) {
                    work();
                } else {
                    forkOrFail();
                }
            }
            default -> advance();
        }
    }

    private void openAny() {
        List<Gate> gates = simulation.world.stage.gates();
        if (gates.isEmpty()) {
            simulation.runThreads();
        } else {
            Gate gate = gates.get(random.nextInt(gates.size()));
            if (gate.phase != Phase.RUN || gate.context.isShutdown() || chance(failing)) {
                open(gate);
            }
        }
    }

    private void open(Gate gate) {
        simulation.open(gate, chance(gate.phase == Phase.RUN ? 0.7 : failing), chance(outages));
    }

    /** All that starts or stops does so, for a while. */
    private void calm() {
        for (int i = 0; i < 20; i++) {
            simulation.runThreads();
            List<Gate> due = simulation.world.stage.gates().stream()
                    .filter(gate -> gate.phase != Phase.RUN || gate.context.isShutdown()).toList();
            if (due.isEmpty()) {
                return;
            }
            due.forEach(gate -> simulation.open(gate, false, false));
        }
    }

    private void heartbeat() {
        simulation.world.stage.gates().stream()
                .filter(gate -> gate.phase == Phase.RUN && gate.plan.settings().heartbeatTimeout() != null && chance(0.8))
                .forEach(simulation::heartbeat);
    }

    private void work() {
        if (!simulation.works.isEmpty() && chance(0.6)) {
            simulation.endWork(simulation.works.get(random.nextInt(simulation.works.size())));
            return;
        }
        List<Gate> gates = simulation.world.stage.gates();
        if (!gates.isEmpty()) {
            simulation.beginWork(gates.get(random.nextInt(gates.size())));
        }
    }

    private void forkOrFail() {
        List<Gate> gates = simulation.world.stage.gates();
        if (!simulation.contexts.isEmpty() && chance(failing / 2)) {
            simulation.fail(simulation.contexts.get(random.nextInt(simulation.contexts.size())));
        } else if (!gates.isEmpty()) {
            simulation.fork(gates.get(random.nextInt(gates.size())));
        }
    }

    private void advance() {
        SteppedClock clock = simulation.world.clock;
        if (chance(0.2)) {
            failAtTheVergeOfStable();
        } else if (chance(0.5) && clock.nextDue() < Sub.NEVER) {
            simulation.moveTo(clock.nextDue());
        } else {
            simulation.moveTo(clock.nanos() + random.nextLong(1, (long) Math.pow(10, random.nextInt(6, 11))));
        }
    }

    /** One fails when it has been RUNNING for stable-after, a nanosecond more or less. */
    private void failAtTheVergeOfStable() {
        List<Gate> bodies = simulation.world.stage.gates().stream().filter(gate -> gate.phase == Phase.RUN && !gate.forked)
                .toList();
        if (bodies.isEmpty()) {
            return;
        }
        Gate body = bodies.get(random.nextInt(bodies.size()));
        Sub sub = simulation.model.subs.get(body.plan.name());
        long stable = sub.startedAt + body.plan.restart().stableAfter().toNanos() + random.nextInt(-1, 2);
        if (sub.startedAt >= 0 && stable >= simulation.world.clock.nanos()) {
            simulation.moveTo(stable);
            if (simulation.world.stage.gates().contains(body)) {
                simulation.open(body, chance(0.8), chance(outages));
            }
        }
    }

    private void command() {
        List<String> names = List.copyOf(simulation.model.subs.keySet());
        int choice = random.nextInt(100);
        if (choice < 20) {
            register(names);
        } else if (choice < 22) {
            simulation.shutdown(random.nextInt(256));
        } else if (choice < 32) {
            simulation.reload(keys());
        } else if (choice < 36) {
            simulation.drain(chance(0.5));
        } else if (choice < 37 && !simulation.hasStopBegun()) {
            simulation.stop();
        } else if (!names.isEmpty()) {
            String name = target(names);
            String kind = choice < 53 ? "start" : choice < 70 ? "restart" : choice < 87 ? "stop" : "unregister";
            if (kind.equals("unregister")) {
                unregistered.add(simulation.model.subs.get(name).plan);
            }
            simulation.command(kind, name);
        }
    }

    private Set<String> keys() {
        Set<String> keys = new HashSet<>();
        for (String key : RandomGraph.KEYS) {
            if (chance(0.4)) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Preferably one that is in between. */
    private String target(List<String> names) {
        List<String> moving = names.stream().filter(name -> switch (simulation.model.subs.get(name).state) {
            case STARTING, STOPPING, RESTARTING -> true;
            default -> false;
        }).toList();
        List<String> candidates = moving.isEmpty() || chance(0.5) ? names : moving;
        return candidates.get(random.nextInt(candidates.size()));
    }

    private void register(List<String> names) {
        if (!unregistered.isEmpty() && chance(0.4)) {
            simulation.register(unregistered.get(random.nextInt(unregistered.size())));
            return;
        }
        Set<String> dependsOn = new HashSet<>();
        for (int i = random.nextInt(3); i > 0 && !names.isEmpty(); i--) {
            dependsOn.add(names.get(random.nextInt(names.size())));
        }
        simulation.register(graph.another(dependsOn.stream().sorted().toList()));
    }

    private void end() {
        if (!simulation.hasStopBegun()) {
            simulation.stop();
        }
        Set<Gate> hanging = new HashSet<>();
        for (int i = 0; !simulation.isStopOver(); i++) {
            if (i == ENDLESS) {
                throw new AssertionError("no end: " + simulation.model.subs.values());
            }
            simulation.runThreads();
            List<Gate> gates = simulation.world.stage.gates().stream().filter(gate -> !hanging.contains(gate)).toList();
            if (chance(0.5)) {
                List.copyOf(simulation.works).stream().filter(piece -> !chance(stubborn)).forEach(simulation::endWork);
            }
            if (gates.isEmpty() && !simulation.isStopOver()) {
                simulation.moveTo(simulation.world.clock.nextDue());
            } else if (!gates.isEmpty()) {
                Gate gate = gates.get(random.nextInt(gates.size()));
                if (chance(stubborn)) {
                    hanging.add(gate);
                } else {
                    open(gate);
                }
            }
        }
        simulation.finish();
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
