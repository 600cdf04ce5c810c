package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.time.Duration;

/** The same by looking again and again. */
class FileWatchPollingTest extends WatchContract {

    @Override
    Lookout open() {
        return new NoEvents();
    }

    @Override
    Duration poll() {
        return Duration.ofMillis(20);
    }
}
