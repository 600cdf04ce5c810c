package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;

/** Keeps the supervisor at a change of settings, so that a test says what is posted meanwhile, and in which order. */
final class Hold {

    private final SubsystemSettings settings = SubsystemSettings.declared(RestartPolicy.NEVER, false);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestDaemon daemon;
    private volatile boolean armed;

    /** Adds a subsystem that does it; the settings of those added later are looked at only when it has let go. */
    Hold(TestDaemon daemon) {
        this.daemon = daemon;
        daemon.add("hold").source(this::settings);
    }

    private SubsystemSettings settings() {
        if (armed) {
            held.countDown();
            TestDaemon.ignoringInterrupts(release);
        }
        return settings;
    }

    void begin() throws InterruptedException {
        armed = true;
        CompletableFuture.runAsync(daemon.engine()::settingsChanged);
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        armed = false;
        daemon.time.loopHangs(true);
    }

    void end() {
        daemon.time.loopHangs(false);
        release.countDown();
    }
}
