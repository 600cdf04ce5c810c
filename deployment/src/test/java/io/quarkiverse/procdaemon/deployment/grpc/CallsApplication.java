package io.quarkiverse.procdaemon.deployment.grpc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.DaemonState;
import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.OnStop;
import io.quarkiverse.procdaemon.Subsystem;
import io.quarkus.grpc.GrpcService;
import io.vertx.ext.web.Router;

/** An application that calls its own gRPC server and says what comes of it, in lines that begin with {@code trace: }. */
final class CallsApplication {

    private CallsApplication() {
    }

    static void trace(String text) {
        System.out.println("trace: " + text);
    }

    @Subsystem
    static class Journal {

        @Inject
        Client client;

        final CountDownLatch stopping = new CountDownLatch(1);

        @OnStart
        void open() {
            client.look("at the start");
        }

        @OnStop
        void close() {
            stopping.countDown();
            client.look("at the stop");
        }
    }

    @Singleton
    static class Client {

        @ConfigProperty(name = "server.port")
        int port;

        Rpc open() {
            return new Rpc(port);
        }

        void look(String when) {
            try (Rpc rpc = open()) {
                trace(when + ": " + rpc.say("hello") + ", " + rpc.health(""));
            }
        }

        /** A call that goes on for longer than the request for it. */
        void begin(Router router, String path, Runnable call) {
            router.route(path).handler(context -> {
                new Thread(call, path).start();
                context.end();
            });
        }
    }

    @Singleton
    static class Routes {

        void routes(@Observes Router router, Client client) {
            client.begin(router, "/say", () -> {
                try (Rpc rpc = client.open()) {
                    trace("answer: " + rpc.say("use"));
                }
            });
            client.begin(router, "/tail", () -> {
                try (Rpc rpc = client.open()) {
                    Answers answers = rpc.begin(Rpc.TAIL, "use").complete();
                    trace("answer: " + answers.next() + ", " + answers.status().getCode());
                }
            });
            client.begin(router, "/stuck", () -> client.open().begin(Rpc.TAIL, "stuck").complete());
            client.begin(router, "/watch", () -> {
                Answers answers = client.open().begin(Rpc.WATCH, "").complete();
                trace("watch: " + Rpc.healthText(answers.next()));
                trace("watch: " + Rpc.healthText(answers.next()));
            });
        }
    }

    @GrpcService
    static class Service implements BindableService {

        @Inject
        Daemon daemon;

        @Inject
        Journal journal;

        @Inject
        Client client;

        @Override
        public ServerServiceDefinition bindService() {
            return ServerServiceDefinition.builder("acme.Echo").addMethod(Rpc.SAY, ServerCalls.asyncUnaryCall(this::handle))
                    .addMethod(Rpc.TAIL, ServerCalls.asyncServerStreamingCall(this::handle)).build();
        }

        private void handle(String text, StreamObserver<String> answer) {
            if (daemon.state() == DaemonState.STARTING || daemon.state() == DaemonState.STOPPING) {
                trace("handled while " + daemon.state());
            }
            switch (text) {
                case "use" -> new Thread(() -> use(answer), "use").start();
                case "stuck" -> trace("stuck begins");
                default -> {
                    answer.onNext("said " + text);
                    answer.onCompleted();
                }
            }
        }

        /** Ends when other calls are refused, or as soon as the subsystem that it uses stops, if it does. */
        private void use(StreamObserver<String> answer) {
            trace("use begins");
            try (Rpc rpc = client.open()) {
                String other;
                do {
                    other = rpc.say("hello");
                } while (other.equals("said hello"));
                boolean stopped = journal.stopping.await(200, TimeUnit.MILLISECONDS);
                answer.onNext("stopped " + stopped + ", journal is "
                        + daemon.subsystem("journal").orElseThrow().state() + ", another call: " + other);
                answer.onCompleted();
            } catch (InterruptedException e) {
                answer.onError(e);
            }
        }
    }
}
