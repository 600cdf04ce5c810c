package io.quarkiverse.procdaemon.deployment.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkiverse.procdaemon.runtime.grpc.CallsInFlight;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.test.QuarkusUnitTest;

/** What holds for calls on either server. */
@Timeout(120)
abstract class Calls {

    private static final Metadata.Key<String> BREAK = Metadata.Key.of("break", Metadata.ASCII_STRING_MARSHALLER);
    private static final String STOPPING = "UNAVAILABLE: grpc is shutting down";

    static QuarkusUnitTest application(boolean separate) {
        return new QuarkusUnitTest()
                .setForcedDependencies(Extensions.grpc())
                .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Calls.class, Rpc.class, Answers.class, Echo.class,
                        Journal.class, Broken.class, Relay.class))
                .overrideRuntimeConfigKey("quarkus.application.name", "grpc")
                .overrideRuntimeConfigKey("quarkus.proc-daemon.name", "grpc")
                .overrideRuntimeConfigKey("quarkus.http.test-port", "0")
                .overrideRuntimeConfigKey("quarkus.grpc.server.use-separate-server", String.valueOf(separate))
                .overrideRuntimeConfigKey("quarkus.grpc.server.test-port", "0")
                .overrideRuntimeConfigKey("quarkus.grpc.server.enable-reflection-service", "true")
                .overrideRuntimeConfigKey("quarkus.proc-daemon.shutdown.graceful-timeout", "400ms");
    }

    /** An interceptor of the user that throws if it is to. */
    @Singleton
    @GlobalInterceptor
    public static class Broken implements ServerInterceptor {

        static volatile int seen;

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
                ServerCallHandler<Q, R> next) {
            seen++;
            if (headers.containsKey(BREAK)) {
                throw new IllegalStateException("thrown by an interceptor");
            }
            return next.startCall(call, headers);
        }
    }

    @Inject
    Daemon daemon;

    @Inject
    CallsInFlight calls;

    private Rpc rpc;

    @BeforeEach
    void connect() {
        Echo.HELD.clear();
        rpc = new Rpc(Journal.port(Journal.isSeparate()));
    }

    @AfterEach
    void disconnect() {
        rpc.close();
    }

    private boolean isQuiet() throws InterruptedException {
        return calls.awaitQuiet(Duration.ZERO);
    }

    private void awaitQuiet() throws InterruptedException {
        assertThat(calls.awaitQuiet(Duration.ofSeconds(20))).as("ended").isTrue();
    }

    private void inFlightUntilItEnds(MethodDescriptor<String, String> method) throws Exception {
        Answers answers = rpc.begin(method, "hold").complete();
        StreamObserver<String> held = Echo.held();
        assertThat(isQuiet()).isFalse();
        held.onNext("last");
        held.onCompleted();
        assertThat(answers.status()).isEqualTo(Status.OK);
        awaitQuiet();
    }

    @Test
    void aUnaryCallIsInFlightUntilItEnds() throws Exception {
        inFlightUntilItEnds(Rpc.SAY);
    }

    @Test
    void aServerStreamIsInFlightUntilItEnds() throws Exception {
        inFlightUntilItEnds(Rpc.TAIL);
    }

    @Test
    void aClientStreamIsInFlightUntilItEnds() throws Exception {
        inFlightUntilItEnds(Rpc.UPLOAD);
    }

    @Test
    void aStreamOfBothIsInFlightUntilItEnds() throws Exception {
        inFlightUntilItEnds(Rpc.CHAT);
    }

    @Test
    void callsInFlightAreCountedEach() throws Exception {
        rpc.begin(Rpc.SAY, "hold").complete();
        StreamObserver<String> first = Echo.held();
        Answers tail = rpc.begin(Rpc.TAIL, "hold").complete();
        Echo.held();
        first.onNext("last");
        first.onCompleted();
        assertThat(tail.next()).isEqualTo("first of hold");
        assertThat(isQuiet()).isFalse();
        tail.cancel();
        awaitQuiet();
    }

    @Test
    void aCallWhoseMethodThrowsHasEnded() throws Exception {
        assertThat(rpc.say("throw")).startsWith("UNKNOWN");
        awaitQuiet();
    }

    @Test
    void aCallThatIsRefusedByTheMethodHasEnded() throws Exception {
        Answers answers = rpc.begin(Rpc.CHAT, "hold");
        Echo.held().onError(Status.PERMISSION_DENIED.asRuntimeException());
        assertThat(answers.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        awaitQuiet();
    }

    @Test
    void aCallInWhichAnInterceptorThrowsHasEnded() throws Exception {
        Metadata headers = new Metadata();
        headers.put(BREAK, "yes");
        Answers answers = new Answers(rpc.channel.newCall(Rpc.SAY, CallOptions.DEFAULT.withDeadlineAfter(20,
                TimeUnit.SECONDS)), headers, "hello").complete();
        assertThat(answers.status().isOk()).isFalse();
        awaitQuiet();
    }

    @Test
    void aCallThatItsClientCancelsHasEnded() throws Exception {
        Answers answers = rpc.begin(Rpc.SAY, "hold").complete();
        Echo.held();
        assertThat(isQuiet()).isFalse();
        answers.cancel();
        awaitQuiet();
    }

    @Test
    void aCallWhoseDeadlineHasPassedHasEnded() throws Exception {
        Answers answers = new Answers(rpc.channel.newCall(Rpc.SAY, CallOptions.DEFAULT.withDeadlineAfter(500,
                TimeUnit.MILLISECONDS)), "hold").complete();
        assertThat(answers.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        awaitQuiet();
    }

    @Test
    void callsWhoseConnectionIsLostHaveEnded() throws Exception {
        try (Relay relay = new Relay(Journal.port(Journal.isSeparate())); Rpc far = new Rpc(relay.port())) {
            far.begin(Rpc.SAY, "hold").complete();
            Echo.held();
            far.begin(Rpc.CHAT, "hold");
            Echo.held();
            assertThat(isQuiet()).isFalse();
            relay.cut();
            awaitQuiet();
        }
    }

    @Test
    void aDrainRefusesNewCallsAndLetsOthersFinish() throws Exception {
        Answers watch = rpc.begin(Rpc.WATCH, "").complete();
        assertThat(Rpc.healthText(watch.next())).isEqualTo("SERVING");
        Answers held = rpc.begin(Rpc.SAY, "hold").complete();
        Echo.held();
        daemon.drain();
        assertThat(calls.count()).isEqualTo(1);
        assertThat(rpc.health("")).isEqualTo("NOT_SERVING");
        assertThat(rpc.health("acme.Echo")).isEqualTo("NOT_SERVING");
        assertThat(rpc.health("acme.Other")).isEqualTo("UNKNOWN");
        assertThat(rpc.say("hello")).isEqualTo("UNAVAILABLE: grpc takes no new calls at the moment; try again later");
        assertThat(rpc.services()).contains("grpc.health.v1.Health");
        assertThat(Rpc.healthText(watch.next())).isEqualTo("NOT_SERVING");
        held.cancel();
        awaitQuiet();
        assertThat(calls.count()).isZero();
        daemon.resume();
        assertThat(rpc.say("hello")).isEqualTo("said hello");
        assertThat(rpc.health("acme.Echo")).isEqualTo("SERVING");
        assertThat(Rpc.healthText(watch.next())).isEqualTo("SERVING");
        watch.cancel();
    }

    /** The application outlives a daemon that has given up, and so does its server. */
    @Test
    void aDaemonThatHasGivenUpRefusesCallsUntilItIsBack() throws Exception {
        Answers watch = rpc.begin(Rpc.WATCH, "\n\tacme.Echo").complete();
        assertThat(Rpc.healthText(watch.next())).isEqualTo("SERVING");
        Journal.BROKEN.set(true);
        assertThat(Rpc.healthText(watch.next())).isEqualTo("NOT_SERVING");
        await().atMost(20, TimeUnit.SECONDS).until(() -> daemon.state() == DaemonState.STOPPED);
        int seen = Broken.seen;
        assertThat(rpc.say("hello")).isEqualTo(STOPPING);
        assertThat(rpc.begin(Rpc.TAIL, "hello").complete().status().getDescription()).isEqualTo("grpc is shutting down");
        assertThat(rpc.begin(Rpc.CHAT).status().getDescription()).isEqualTo("grpc is shutting down");
        assertThat(Broken.seen).as("interceptors of the user").isEqualTo(seen);
        assertThat(rpc.health("acme.Echo")).isEqualTo("NOT_SERVING");
        assertThat(rpc.services()).contains("grpc.health.v1.Health");
        assertThat(isQuiet()).isTrue();
        daemon.start("journal").toCompletableFuture().get(20, TimeUnit.SECONDS);
        await().atMost(20, TimeUnit.SECONDS).until(() -> daemon.state() == DaemonState.RUNNING);
        assertThat(Journal.AT_START).startsWith("UNAVAILABLE: grpc has not started yet; try again later", "NOT_SERVING",
                "NOT_SERVING");
        assertThat(rpc.say("hello")).isEqualTo("said hello");
        assertThat(Rpc.healthText(watch.next())).isEqualTo("SERVING");
        assertThat(rpc.health("")).isEqualTo("SERVING");
        watch.cancel();
    }
}
