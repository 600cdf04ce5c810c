package io.quarkiverse.procdaemon.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.runtime.engine.graph.Behavior;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSpec;

/** What depends on what, among n subsystems. The same for the same n, always. */
enum Shape {

    /** Nothing on anything. */
    FLAT {
        @Override
        List<SubsystemSpec> specs(int n, Behavior behavior) {
            return make(n, behavior, i -> List.of());
        }
    },

    /** Chains of ten, each on the one before. */
    CHAINS {
        @Override
        List<SubsystemSpec> specs(int n, Behavior behavior) {
            return make(n, behavior, i -> i % LENGTH == 0 ? List.of() : List.of(named(i - 1)));
        }
    },

    /** Each on none to six others, chosen at random: three on the average. Declared in random order. */
    DAG {
        @Override
        List<SubsystemSpec> specs(int n, Behavior behavior) {
            Random random = new Random(SEED);
            List<SubsystemSpec> specs = new ArrayList<>(make(n, behavior, i -> someBefore(i, random)));
            Collections.shuffle(specs, random);
            return specs;
        }
    };

    private static final int LENGTH = 10;
    private static final int DEGREE = 3;
    private static final long SEED = 20261125;

    /** The specifications of n subsystems that all do the same. */
    abstract List<SubsystemSpec> specs(int n, Behavior behavior);

    private static List<SubsystemSpec> make(int n, Behavior behavior, IntFunction<List<String>> dependencies) {
        return IntStream.range(0, n)
                .mapToObj(i -> new SubsystemSpec(named(i), dependencies.apply(i), behavior, SubsystemSettings.DEFAULT))
                .toList();
    }

    private static List<String> someBefore(int i, Random random) {
        int some = Math.min(i, random.nextInt(2 * DEGREE + 1));
        return random.ints(0, Math.max(i, 1)).distinct().limit(some).mapToObj(Shape::named).toList();
    }

    private static String named(int i) {
        return "s" + i;
    }
}
