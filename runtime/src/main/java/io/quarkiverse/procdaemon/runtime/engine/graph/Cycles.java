package io.quarkiverse.procdaemon.runtime.engine.graph;

import java.util.function.Consumer;

/**
 * Finds cycles by depth-first search: one for each back edge, so that every subsystem in a cycle appears in at least one path.
 * Iterative, for chains deeper than a stack.
 */
final class Cycles {

    private static final byte UNSEEN = 0;
    private static final byte ON_PATH = 1;
    private static final byte DONE = 2;

    private final int[][] needs;
    private final byte[] color;
    private final int[] path;
    private final int[] nextEdge;
    private final Consumer<int[]> found;

    private Cycles(int[][] needs, Consumer<int[]> found) {
        this.needs = needs;
        this.color = new byte[needs.length];
        this.path = new int[needs.length];
        this.nextEdge = new int[needs.length];
        this.found = found;
    }

    /**
     * @param needs for each node, the nodes it depends on
     * @param found called with the nodes along each cycle, the first again at the end
     */
    static void find(int[][] needs, Consumer<int[]> found) {
        Cycles cycles = new Cycles(needs, found);
        for (int root = 0; root < needs.length; root++) {
            if (cycles.color[root] == UNSEEN) {
                cycles.visit(root);
            }
        }
    }

    private void visit(int root) {
        int depth = 0;
        path[0] = root;
        color[root] = ON_PATH;
        while (depth >= 0) {
            int node = path[depth];
            if (nextEdge[node] == needs[node].length) {
                color[node] = DONE;
                depth--;
                continue;
            }
            int next = needs[node][nextEdge[node]++];
            if (color[next] == UNSEEN) {
                color[next] = ON_PATH;
                path[++depth] = next;
            } else if (color[next] == ON_PATH) {
                report(next, depth);
            }
        }
    }

    private void report(int closing, int depth) {
        int from = depth;
        while (path[from] != closing) {
            from--;
        }
        int[] cycle = new int[depth - from + 2];
        System.arraycopy(path, from, cycle, 0, depth - from + 1);
        cycle[cycle.length - 1] = closing;
        found.accept(cycle);
    }
}
