package io.quarkiverse.procdaemon.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Benchmarks that are run the same way.
 *
 * @param include a regular expression that is found in their names
 * @param parameters values by the parameter's name; for others those of the annotation
 * @param effort how long each is measured
 */
record Part(String include, Map<String, List<String>> parameters, Effort effort) {

    /** One with other values of a parameter. */
    Part with(String name, String... values) {
        Map<String, List<String>> more = new TreeMap<>(parameters);
        more.put(name, List.of(values));
        return new Part(include, more, effort);
    }

    Part(String include, Effort effort) {
        this(include, Map.of(), effort);
    }
}
