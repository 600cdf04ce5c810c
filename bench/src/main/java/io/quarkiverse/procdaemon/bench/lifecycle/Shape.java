package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import io.quarkiverse.procdaemon.bench.engine.Body;
import io.quarkiverse.procdaemon.bench.engine.Spec;

/** What depends on what, among n subsystems. Always the same for the same n. */
enum Shape {
    /** Nothing on anything. */
    FLAT,
    /** Chains of ten, each on the one before. */
    CHAINS,
    /** Each on none to six others, chosen at random: three on the average. Declared in random order. */
    DAG;

    private static final int LENGTH = 10;
    private static final int DEGREE = 3;
    private static final long SEED = 20261125;

    /** By the name of it as a parameter. */
    static Shape named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The specifications of n subsystems that all do the same. */
    List<Spec> specs(int n, Body body) {
        Random random = new Random(SEED);
        List<Spec> specs = new ArrayList<>(IntStream.range(0, n)
                .mapToObj(i -> new Spec(name(i), dependencies(i, random), body, Spec.Rules.DEFAULT)).toList());
        if (this == DAG) {
            Collections.shuffle(specs, random);
        }
        return specs;
    }

    private List<String> dependencies(int i, Random random) {
        return switch (this) {
            case FLAT -> List.of();
            case CHAINS -> i % LENGTH == 0 ? List.of() : List.of(name(i - 1));
            case DAG -> random.ints(0, Math.max(i, 1)).distinct().limit(Math.min(i, random.nextInt(2 * DEGREE + 1)))
                    .mapToObj(Shape::name).toList();
        };
    }

    private static String name(int i) {
        return "s" + i;
    }
}
