package io.quarkiverse.procdaemon.runtime.engine.model;

import io.quarkiverse.procdaemon.Work;

/** A piece of work in flight, begun by the code that waits at a gate. */
record Piece(Gate gate, Work work) {

    @Override
    public String toString() {
        return "work of " + gate;
    }
}
