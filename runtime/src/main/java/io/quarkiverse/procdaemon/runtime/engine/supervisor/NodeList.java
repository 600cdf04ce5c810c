package io.quarkiverse.procdaemon.runtime.engine.supervisor;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * Subsystems in start order. One writer at a time, any number of readers, no lock: an element is written behind the end before
 * the longer content is published by a volatile write, and never overwritten after, so a reader sees all of one moment.
 * Adding costs constant time on average, so that registering many costs no more than linear.
 */
public final class NodeList implements Iterable<Node> {

    private static final Content EMPTY = new Content(new Node[0], 0);

    private volatile Content content;

    NodeList(Node... nodes) {
        content = nodes.length == 0 ? EMPTY : new Content(nodes, nodes.length);
    }

    private record Content(Node[] nodes, int size) {
    }

    void add(Node node) {
        Content now = content;
        Node[] nodes = now.size < now.nodes.length ? now.nodes : Arrays.copyOf(now.nodes, Math.max(2, now.size * 2));
        nodes[now.size] = node;
        content = new Content(nodes, now.size + 1);
    }

    void remove(Node node) {
        content = new NodeList(stream().filter(other -> other != node).toArray(Node[]::new)).content;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many there are at this moment. */
    public int size() {
        return content.size;
    }

    /** As they are at this moment; costs the same however many there are. */
    public List<Node> now() {
        Content now = content;
        return Collections.unmodifiableList(Arrays.asList(now.nodes).subList(0, now.size));
    }

    /** As they are at this moment. */
    public Stream<Node> stream() {
        Content now = content;
        return Arrays.stream(now.nodes, 0, now.size);
    }

    /** As they are at this moment, the last one first. */
    public Iterable<Node> reversed() {
        Content now = content;
        return () -> new Walk(now.nodes, now.size - 1, -1);
    }

    @Override
    public Iterator<Node> iterator() {
        Content now = content;
        return new Walk(now.nodes, 0, now.size);
    }

    private static final class Walk implements Iterator<Node> {

        private final Node[] nodes;
        private final int end;
        private int next;

        Walk(Node[] nodes, int first, int end) {
            this.nodes = nodes;
            this.next = first;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return next != end;
        }

        @Override
        public Node next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Node node = nodes[next];
            next += Integer.signum(end - next);
            return node;
        }
    }
}
