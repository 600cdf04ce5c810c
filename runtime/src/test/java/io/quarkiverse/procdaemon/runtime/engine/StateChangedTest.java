package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;

/** Listeners are notified when the daemon has started, drains, and resumes; they find the new state then. */
@Timeout(60)
class StateChangedTest {

    private final TestDaemon daemon = new TestDaemon();
    private final BlockingQueue<DaemonState> states = new LinkedBlockingQueue<>();

    StateChangedTest() {
        daemon.listeners.add(new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                // Only the daemon is of interest.
            }

            @Override
            public void stateChanged() {
                states.add(daemon.engine().state());
            }
        });
        daemon.add("a");
    }

    private DaemonState next() throws InterruptedException {
        return states.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void listenersAreNotifiedOfEach() throws InterruptedException {
        daemon.started();
        assertThat(next()).isEqualTo(DaemonState.RUNNING);
        daemon.engine().drain();
        assertThat(next()).isEqualTo(DaemonState.DRAINING);
        daemon.engine().resume();
        assertThat(next()).isEqualTo(DaemonState.RUNNING);
        daemon.stop();
        assertThat(states).isEmpty();
    }
}
