package io.quarkiverse.procdaemon.deployment.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkiverse.procdaemon.deployment.wiring.Extensions;
import io.quarkus.grpc.GrpcService;
import io.quarkus.test.QuarkusUnitTest;

/** A gRPC service can be a subsystem; one bean is both. Without the health service calls are gated all the same. */
class GrpcSubsystemTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .setForcedDependencies(Extensions.grpc())
            .withApplicationRoot(jar -> jar.addClasses(Extensions.class, Rpc.class, Answers.class, Journal.class, Both.class))
            .overrideConfigKey("quarkus.grpc.server.grpc-health.enabled", "false")
            .overrideRuntimeConfigKey("quarkus.proc-daemon.name", "both")
            .overrideRuntimeConfigKey("quarkus.http.test-port", "0")
            .overrideRuntimeConfigKey("quarkus.grpc.server.test-port", "0");

    @GrpcService
    @Subsystem
    static class Both implements BindableService {

        static volatile String duringTheStart;
        private volatile boolean open;

        @OnStart
        void open() {
            try (Rpc rpc = new Rpc(Journal.port(true))) {
                duringTheStart = rpc.say("hello");
            }
            open = true;
        }

        @Override
        public ServerServiceDefinition bindService() {
            return ServerServiceDefinition.builder("acme.Echo").addMethod(Rpc.SAY, ServerCalls.asyncUnaryCall(this::say))
                    .build();
        }

        private void say(String text, StreamObserver<String> answer) {
            answer.onNext("open " + open);
            answer.onCompleted();
        }
    }

    @Inject
    Daemon daemon;

    @Test
    void theServiceHasStartedWhenItIsCalled() {
        assertThat(daemon.subsystem("both")).isPresent();
        assertThat(Both.duringTheStart).isEqualTo("UNAVAILABLE: both has not started yet; try again later");
        try (Rpc rpc = new Rpc(Journal.port(true))) {
            assertThat(rpc.say("hello")).isEqualTo("open true");
            assertThat(rpc.health("")).startsWith("UNIMPLEMENTED");
        }
        daemon.drain();
        daemon.resume();
    }
}
