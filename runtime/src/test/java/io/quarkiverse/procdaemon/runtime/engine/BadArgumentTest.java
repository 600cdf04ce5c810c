package io.quarkiverse.procdaemon.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemBuilder;
import io.quarkiverse.procdaemon.SubsystemBuilder.Action;
import io.quarkiverse.procdaemon.SubsystemBuilder.ContextAction;
import io.quarkiverse.procdaemon.SubsystemContext;

/** A bad argument to the public API is an IllegalArgumentException that names it. */
@Timeout(60)
class BadArgumentTest {

    private final TestDaemon testDaemon = new TestDaemon();

    private static void refuses(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void ofTheDaemon() {
        Daemon daemon = testDaemon.engine();
        refuses("the name is null", () -> daemon.subsystem(null));
        refuses("the name is null", () -> daemon.start(null));
        refuses("the name is null", () -> daemon.stop(null));
        refuses("the name is null", () -> daemon.restart(null));
        refuses("the name is null", () -> daemon.unregister(null));
        refuses("the name is null", () -> daemon.newSubsystem(null));
        for (int code : List.of(-1, 256)) {
            assertThatThrownBy(() -> daemon.shutdown(code)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(code));
        }
    }

    @Test
    void ofTheBuilder() {
        SubsystemBuilder builder = testDaemon.engine().newSubsystem("a");
        refuses("the array of names is null", () -> builder.dependsOn((String[]) null));
        refuses("the name of a dependency is null", () -> builder.dependsOn("b", null));
        refuses("the policy is null", () -> builder.restart(null));
        refuses("the action is null", () -> builder.onStart((Action) null));
        refuses("the action is null", () -> builder.onStart((ContextAction) null));
        refuses("the action is null", () -> builder.run((Action) null));
        refuses("the action is null", () -> builder.run((ContextAction) null));
        refuses("the action is null", () -> builder.onStop((Action) null));
        refuses("the action is null", () -> builder.onStop((ContextAction) null));
        refuses("the probe is null", () -> builder.healthy(null));
    }

    @Test
    void ofTheContext() {
        CompletableFuture<SubsystemContext> context = new CompletableFuture<>();
        testDaemon.engine().newSubsystem("a").onStart((ContextAction) context::complete).register();
        testDaemon.started();
        refuses("the timeout is null", () -> context.join().await((Duration) null));
        refuses("the action is null", () -> context.join().onShutdown(null));
        testDaemon.stop();
        assertThat(context).isCompleted();
    }
}
