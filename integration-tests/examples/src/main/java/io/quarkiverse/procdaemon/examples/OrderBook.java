package io.quarkiverse.procdaemon.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;

/** The orders that are not billed yet. */
@ApplicationScoped
class OrderBook {

    private final Queue<String> orders = new ConcurrentLinkedQueue<>();

    void add(String order) {
        if (order.isBlank()) {
            throw new IllegalArgumentException("A blank order");
        }
        orders.add(order);
    }

    List<String> takeAll() {
        List<String> taken = new ArrayList<>();
        for (String order = orders.poll(); order != null; order = orders.poll()) {
            taken.add(order);
        }
        return taken;
    }
}
