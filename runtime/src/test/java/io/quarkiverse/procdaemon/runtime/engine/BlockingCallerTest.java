package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.procdaemon.RestartPolicy;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkiverse.procdaemon.ThreadKind;
import io.quarkiverse.procdaemon.event.SubsystemEvent;
import io.quarkiverse.procdaemon.runtime.engine.events.DaemonListener;
import io.quarkiverse.procdaemon.runtime.engine.graph.SubsystemSettings;

/** Code of others that is called when the engine has news, and blocks for ever: the event loop goes on. */
@Timeout(60)
class BlockingCallerTest {

    private final TestDaemon daemon = new TestDaemon();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(1);

    /** A command whose stage somebody chains something to. */
    enum Command {

        START(engine -> engine.start("a")),
        STOP(engine -> engine.stop("a")),
        RESTART(engine -> engine.restart("a")),
        UNREGISTER(engine -> engine.unregister("a")),
        REFUSED_UNREGISTER(engine -> engine.unregister("below")),
        SUPERSEDED(engine -> {
            engine.unregister("a");
            return engine.start("a");
        });

        private final Function<Engine, CompletionStage<Void>> given;

        Command(Function<Engine, CompletionStage<Void>> given) {
            this.given = given;
        }
    }

    @AfterEach
    void end() {
        release.countDown();
        daemon.stop();
    }

    private void block() {
        blocked.countDown();
        TestDaemon.ignoringInterrupts(release);
    }

    private void start() {
        daemon.registered = (name, restart, critical) -> () -> SubsystemSettings.declared(RestartPolicy.NEVER, false);
        daemon.add("a").run(ShutdownHandle::await).critical(false);
        daemon.add("b").run(ShutdownHandle::await).critical(false);
        daemon.add("below").critical(false);
        daemon.add("above", "below").critical(false);
        daemon.started();
        TestDaemon.get(daemon.engine().start("a"));
        TestDaemon.get(daemon.engine().start("above"));
    }

    private void assertThatOthersAreServed() throws InterruptedException {
        assertThat(blocked.await(20, TimeUnit.SECONDS)).as("has begun to block").isTrue();
        TestDaemon.get(daemon.engine().stop("b"));
        TestDaemon.get(daemon.engine().start("b"));
        TestDaemon.get(daemon.engine().restart("b"));
        assertThat(daemon.state("b")).isEqualTo(SubsystemState.RUNNING);
    }

    /** The stage is not complete yet when something is chained to it, which then runs where it is completed. */
    private void chain(Function<Engine, CompletionStage<Void>> command) throws InterruptedException {
        CountDownLatch chained = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        daemon.post(() -> {
            held.countDown();
            TestDaemon.ignoringInterrupts(chained);
        });
        assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();
        command.apply(daemon.engine()).whenComplete((nothing, failure) -> block());
        chained.countDown();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsChainedToACommand(Command command) throws Exception {
        start();
        chain(command.given);
        assertThatOthersAreServed();
    }

    @Test
    void whatIsChainedToARegistration() throws Exception {
        start();
        CountDownLatch chained = new CountDownLatch(1);
        daemon.engine().newSubsystem("c").onStart(() -> chained.await()).register()
                .whenComplete((nothing, failure) -> block());
        chained.countDown();
        assertThatOthersAreServed();
    }

    @Test
    void whatIsChainedToACommandThatBringsTheDaemonBack() throws Exception {
        daemon.process.outlivesDaemon = true;
        start();
        daemon.engine().shutdown(0);
        daemon.time.advance(Duration.ofMillis(3_750));
        daemon.events.await("Stopped a");
        chain(engine -> engine.start("a"));
        assertThatOthersAreServed();
    }

    @Test
    void whatIsChainedToTheBeginOfAStop() throws Exception {
        daemon.add("stops").run(context -> {
            context.whenShutdown().thenRun(this::block);
            context.await();
        }).critical(false);
        start();
        TestDaemon.get(daemon.engine().start("stops"));
        daemon.engine().stop("stops");
        assertThatOthersAreServed();
    }

    /** To interrupt a thread that is in a channel closes the channel, on the thread that interrupts. */
    @Test
    void theCloseOfAChannelThatAnInterruptFinds() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        BlockingChannel channel = new BlockingChannel(inside);
        daemon.add("reads").run(context -> channel.read())
                .settings(settings -> settings.withThread(ThreadKind.PLATFORM)).critical(false);
        start();
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        daemon.engine().stop("reads");
        daemon.events.await("Stopping reads");
        daemon.time.advance(Duration.ofSeconds(5));
        assertThatOthersAreServed();
    }

    private final class BlockingChannel extends AbstractInterruptibleChannel {

        private final CountDownLatch inside;

        private BlockingChannel(CountDownLatch inside) {
            this.inside = inside;
        }

        private void read() throws IOException {
            begin();
            try {
                inside.countDown();
                TestDaemon.ignoringInterrupts(release);
            } finally {
                end(true);
            }
        }

        @Override
        protected void implCloseChannel() {
            block();
        }
    }

    @Test
    void aListener() throws Exception {
        daemon.listeners.add(new DaemonListener() {
            @Override
            public void onEvent(SubsystemEvent event) {
                if (event.subsystem().equals("a")) {
                    block();
                }
            }
        });
        start();
        assertThatOthersAreServed();
    }
}
