package io.quarkiverse.procdaemon.runtime.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.Drain;
import io.quarkiverse.procdaemon.runtime.engine.shutdown.Draining;

/** Which calls the gate lets through, and which of them it counts. */
@Timeout(60)
class CallGateTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private volatile DaemonState state = DaemonState.RUNNING;
    private final Drain drain = new Drain();
    private final Draining draining = new Draining("collector", drain, null, null, null);
    private final CallsInFlight calls = new CallsInFlight();
    private final CallGate gate = new CallGate((DaemonInternals) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] { DaemonInternals.class },
            (proxy, method, arguments) -> switch (method.getName()) {
                case "state" -> state;
                case "draining" -> draining;
                default -> "collector";
            }), calls);
    private final List<Status> closed = new ArrayList<>();

    private static final class Nothing implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public String parse(InputStream stream) {
            return "";
        }
    }

    private final class Call extends ServerCall<String, String> {

        private final String method;

        Call(String method) {
            this.method = method;
        }

        @Override
        public void request(int messages) {
            // None comes.
        }

        @Override
        public void sendHeaders(Metadata headers) {
            // Nobody reads them.
        }

        @Override
        public void sendMessage(String message) {
            // Nobody reads it.
        }

        @Override
        public void close(Status status, Metadata trailers) {
            closed.add(status);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<String, String> getMethodDescriptor() {
            return MethodDescriptor.<String, String> newBuilder(new Nothing(), new Nothing()).setFullMethodName(method)
                    .setType(MethodDescriptor.MethodType.UNARY).build();
        }
    }

    private ServerCall.Listener<String> begin(String method) {
        return gate.interceptCall(new Call(method), new Metadata(), (call, headers) -> new ServerCall.Listener<>() {
        });
    }

    private boolean isQuiet() throws InterruptedException {
        return calls.awaitQuiet(Duration.ZERO);
    }

    private void assertRefused(String description) throws Exception {
        ServerCall.Listener<String> refused = gate.interceptCall(new Call("acme.Echo/Say"), new Metadata(),
                (call, headers) -> {
                    throw new AssertionError("handled");
                });
        assertThat(closed).as("before it has a listener").isEmpty();
        refused.onReady();
        refused.onMessage("hello");
        refused.onHalfClose();
        assertThat(closed).singleElement().satisfies(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status.getDescription()).isEqualTo(description);
        });
        assertThat(isQuiet()).isTrue();
    }

    @Test
    void aDaemonThatStartsRefusesCalls() throws Exception {
        state = DaemonState.STARTING;
        assertRefused("collector has not started yet; try again later");
    }

    @ParameterizedTest
    @EnumSource(names = { "STOPPING", "STOPPED" })
    void aDaemonWhoseSubsystemsStopRefusesCalls(DaemonState stopping) throws Exception {
        state = stopping;
        assertRefused("collector is shutting down");
    }

    @Test
    void afterTheEndOfCallsInFlightNoneBegins() throws Exception {
        state = DaemonState.DRAINING;
        begin("acme.Echo/Say").onComplete();
        calls.end();
        assertRefused("collector is shutting down");
    }

    @ParameterizedTest
    @EnumSource(names = { "RUNNING", "DRAINING" })
    void aDrainedDaemonRefusesCallsUntilItIsResumed(DaemonState sees) throws Exception {
        state = sees;
        drain.begin();
        assertRefused("collector takes no new calls at the moment; try again later");
        drain.end();
        begin("acme.Echo/Say");
        assertThat(calls.count()).isEqualTo(1);
    }

    @Test
    void aDrainLetsCallsInFlightFinish() {
        ServerCall.Listener<String> call = begin("acme.Echo/Say");
        drain.begin();
        assertThat(calls.count()).isEqualTo(1);
        assertThat(closed).isEmpty();
        call.onComplete();
        call.onCancel();
        assertThat(calls.count()).isZero();
        assertThat(calls.kind()).isEqualTo("gRPC calls");
    }

    @Test
    void aShutdownOfADrainedDaemonThatStartsSaysThatItStarts() throws Exception {
        state = DaemonState.STARTING;
        drain.begin();
        assertRefused("collector has not started yet; try again later");
    }

    /** Once the drain is on and nothing is in flight, that stays so. */
    @RepeatedTest(200)
    void noCallBeginsOnceADrainHasNoneInFlight() throws Exception {
        AtomicBoolean drained = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        CyclicBarrier ready = new CyclicBarrier(2);
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> {
            try {
                ready.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            while (!over.get()) {
                gate.interceptCall(new Call("acme.Echo/Say"), new Metadata(), (call, headers) -> {
                    late.compareAndSet(false, drained.get());
                    return new ServerCall.Listener<>() {
                    };
                }).onComplete();
            }
        });
        ready.await(20, TimeUnit.SECONDS);
        drain.begin();
        long end = System.nanoTime() + LONG.toNanos();
        while (calls.count() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        drained.set(true);
        for (int spins = 0; spins < 1_000; spins++) {
            Thread.onSpinWait();
        }
        over.set(true);
        caller.get(20, TimeUnit.SECONDS);
        assertThat(late).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "grpc.health.v1.Health/Check", "grpc.health.v1.Health/Watch",
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo" })
    void healthAndReflectionAreAlwaysOpenAndDoNotCount(String method) throws Exception {
        state = DaemonState.STOPPING;
        calls.end();
        drain.begin();
        begin(method).onReady();
        assertThat(closed).isEmpty();
        assertThat(calls.count()).isZero();
        assertThat(isQuiet()).isTrue();
    }

    @Test
    void eachCallCountsUntilItEnds() throws Exception {
        ServerCall.Listener<String> first = begin("acme.Echo/Say");
        ServerCall.Listener<String> second = begin("acme.Echo/Say");
        first.onComplete();
        first.onCancel();
        assertThat(isQuiet()).isFalse();
        second.onCancel();
        assertThat(isQuiet()).isTrue();
    }

    @Test
    void aCallThatCannotBeginDoesNotCount() throws Exception {
        ServerCallHandler<String, String> broken = (call, headers) -> {
            throw new IllegalStateException("no listener");
        };
        assertThatThrownBy(() -> gate.interceptCall(new Call("acme.Echo/Say"), new Metadata(), broken))
                .hasMessage("no listener");
        assertThat(isQuiet()).isTrue();
    }

    @Test
    void aCallWhoseListenerThrowsAtItsEndDoesNotCount() throws Exception {
        ServerCall.Listener<String> call = gate.interceptCall(new Call("acme.Echo/Say"), new Metadata(),
                (any, headers) -> new ServerCall.Listener<>() {
                    @Override
                    public void onCancel() {
                        throw new IllegalStateException("no end");
                    }
                });
        assertThatThrownBy(call::onCancel).hasMessage("no end");
        assertThat(isQuiet()).isTrue();
    }

    /** Whatever comes at the moment of the end is either refused or waited for. */
    @RepeatedTest(200)
    void noCallIsHandledAfterTheWait() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean late = new AtomicBoolean();
        CyclicBarrier ready = new CyclicBarrier(2);
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> {
            try {
                ready.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            while (!calls.isClosed() || !over.get()) {
                gate.interceptCall(new Call("acme.Echo/Say"), new Metadata(), (call, headers) -> {
                    late.compareAndSet(false, over.get());
                    return new ServerCall.Listener<>() {
                        @Override
                        public void onComplete() {
                            late.compareAndSet(false, over.get());
                        }
                    };
                }).onComplete();
            }
        });
        ready.await(20, TimeUnit.SECONDS);
        calls.end();
        assertThat(calls.awaitQuiet(LONG)).isTrue();
        over.set(true);
        caller.get(20, TimeUnit.SECONDS);
        assertThat(late).isFalse();
    }
}
