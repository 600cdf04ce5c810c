package io.quarkiverse.procdaemon.runtime.reload.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The calls of a watch, to be taken one after the other. */
final class Calls implements Consumer<Set<Path>> {

    private final BlockingQueue<Set<Path>> queue = new LinkedBlockingQueue<>();

    @Override
    public void accept(Set<Path> changed) {
        queue.add(changed);
    }

    Set<Path> next() throws InterruptedException {
        Set<Path> changed = queue.poll(20, TimeUnit.SECONDS);
        assertThat(changed).as("a call within 20 s").isNotNull();
        return changed;
    }

    int size() {
        return queue.size();
    }
}
