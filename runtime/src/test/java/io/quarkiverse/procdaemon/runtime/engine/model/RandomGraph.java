package io.quarkiverse.procdaemon.runtime.engine.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent.Phase;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.HealthSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.OutageSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings.RestartSettings;

/** Subsystems at random: graphs of several shapes without a ring, and rules of every kind. */
final class RandomGraph {

    /** Keys of a configuration. */
    static final List<String> KEYS = List.of("host", "port", "size", "interval");

    private final SplittableRandom random;
    private final boolean round;
    private final double fatal;
    private final double ignored;
    private int made;

    /** @param round whether all times are whole seconds */
    RandomGraph(SplittableRandom random, boolean round) {
        this.round = round;
        this.random = random;
        this.fatal = List.of(0.0, 0.1, 0.5).get(random.nextInt(3));
        this.ignored = List.of(0.0, 0.2, 0.5).get(random.nextInt(3));
    }

    /** So many, each after what it depends on. */
    List<Plan> plans(int count) {
        int shape = random.nextInt(6);
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            plans.add(plan("s" + made++, dependencies(shape, i, count)));
        }
        return plans;
    }

    private List<String> dependencies(int shape, int index, int count) {
        Set<Integer> chosen = new TreeSet<>();
        if (index > 0) {
            switch (shape) {
                case 0 -> chosen.add(index - 1);
                case 1 -> chosen.add(0);
                case 2 -> some(chosen, 0, index, 2);
                case 3 -> some(chosen, Math.max(0, index - 4), index, 3);
                case 4 -> layered(chosen, index, Math.max(2, (int) Math.sqrt(count)));
                default -> some(chosen, 0, index, random.nextInt(2));
            }
        }
        return chosen.stream().map(each -> "s" + each).toList();
    }

    private void some(Set<Integer> chosen, int from, int to, int most) {
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            chosen.add(random.nextInt(from, to));
        }
    }

    private void layered(Set<Integer> chosen, int index, int width) {
        int layer = index / width * width;
        if (layer > 0) {
            some(chosen, layer - width, layer, width);
            chosen.add(random.nextInt(layer - width, layer));
        }
    }

    /** One more, for a registration while the daemon runs. */
    Plan another(List<String> dependsOn) {
        return plan("s" + made++, dependsOn);
    }

    private Plan plan(String name, List<String> dependsOn) {
        Set<Phase> code = EnumSet.noneOf(Phase.class);
        for (Phase phase : Phase.values()) {
            if (chance(0.8)) {
                code.add(phase);
            }
        }
        boolean critical = chance(fatal);
        boolean heartbeat = code.contains(Phase.RUN) && chance(0.2);
        SubsystemSettings settings = new SubsystemSettings(critical, between(500, 20_000), between(200, 8_000),
                heartbeat ? between(500, 8_000) : null, !chance(ignored), ThreadKind.AUTO, restart(chance(0.1) != critical),
                HealthSettings.DEFAULT);
        return new Plan(name, dependsOn, code, settings,
                chance(0.6) ? List.of() : random.ints(random.nextInt(1, 3), 0, KEYS.size()).mapToObj(KEYS::get).toList());
    }

    private RestartSettings restart(boolean endsAll) {
        RestartPolicy policy = List
                .of(RestartPolicy.NEVER, RestartPolicy.ON_FAILURE, RestartPolicy.ON_FAILURE, RestartPolicy.ALWAYS)
                .get(random.nextInt(4));
        if (chance(0.15)) {
            return evenly(policy, endsAll);
        }
        Duration initial = chance(0.1) ? Duration.ZERO : between(10, 2_000);
        double jitter = List.of(0.0, 0.2, 1.0).get(random.nextInt(3));
        return new RestartSettings(policy, initial, initial.plus(between(0, 8_000)), random.nextDouble(1, 3), jitter,
                random.nextInt(-1, 4), between(1_000, 60_000), between(500, 20_000), endsAll,
                new OutageSettings(OutageSettings.DEFAULT.types(), chance(0.3)));
    }

    /** Restarts at regular intervals, of which some are exactly as old as the window. */
    private RestartSettings evenly(RestartPolicy policy, boolean endsAll) {
        Duration delay = between(10, 2_000);
        return new RestartSettings(policy, delay, delay, 1, 0, random.nextInt(1, 4),
                delay.multipliedBy(random.nextInt(1, 4)), between(500, 20_000), endsAll,
                new OutageSettings(OutageSettings.DEFAULT.types(), chance(0.3)));
    }

    /** To the nanosecond, so that hardly two things fall due at once; or to the second, so that many do. */
    private Duration between(int leastMillis, int mostMillis) {
        long nanos = random.nextLong(leastMillis * 1_000_000L + 1, mostMillis * 1_000_000L);
        return round ? Duration.ofSeconds(nanos / 1_000_000_000 + 1) : Duration.ofNanos(nanos);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
