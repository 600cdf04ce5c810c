package io.quarkiverse.procdaemon.runtime.reload.watch;

import java.time.Duration;

/** The same by looking again and again. */
class FileWatchPollingTest extends WatchContract {

    @Override
    CountingEvents events() {
        return new CountingEvents() {
            @Override
            void open() {
                // There are none.
            }
        };
    }

    @Override
    Duration poll() {
        return Duration.ofMillis(20);
    }
}
