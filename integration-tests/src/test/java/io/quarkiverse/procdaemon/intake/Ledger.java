package io.quarkiverse.procdaemon.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.arc.All;

/** What let work in, by what the store was doing at that moment. Used by one thread at a time. */
@Singleton
class Ledger {

    @Inject
    @All
    List<WayIn> ways;

    private final Map<String, List<String>> admitted = new TreeMap<>();

    synchronized void tryAll(String moment) throws Exception {
        for (WayIn way : ways) {
            List<String> moments = admitted.computeIfAbsent(way.name(), none -> new ArrayList<>());
            if (way.admits()) {
                moments.add(moment);
            }
        }
    }

    synchronized void print() {
        admitted.forEach((name, moments) -> System.out.println("let in: " + name + ": " + String.join(", ", moments)));
    }
}
