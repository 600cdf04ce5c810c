package io.quarkiverse.procdaemon.deployment.grpc;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/** A service with a method of each kind. The test ends what it holds. */
@GrpcService
public class Echo implements BindableService {

    static final BlockingQueue<StreamObserver<String>> HELD = new LinkedBlockingQueue<>();

    /** Waits until a call is held. */
    static StreamObserver<String> held() throws InterruptedException {
        StreamObserver<String> held = HELD.poll(20, TimeUnit.SECONDS);
        if (held == null) {
            throw new AssertionError("no call");
        }
        return held;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder("acme.Echo")
                .addMethod(Rpc.SAY, ServerCalls.asyncUnaryCall(Echo::say))
                .addMethod(Rpc.TAIL, ServerCalls.asyncServerStreamingCall(Echo::tail))
                .addMethod(Rpc.UPLOAD, ServerCalls.asyncClientStreamingCall(Echo::hold))
                .addMethod(Rpc.CHAT, ServerCalls.asyncBidiStreamingCall(Echo::hold))
                .build();
    }

    private static void say(String text, StreamObserver<String> answer) {
        switch (text) {
            case "hold" -> HELD.add(answer);
            case "throw" -> throw new IllegalStateException("thrown by a method");
            default -> {
                answer.onNext("said " + text);
                answer.onCompleted();
            }
        }
    }

    private static void tail(String text, StreamObserver<String> answer) {
        answer.onNext("first of " + text);
        HELD.add(answer);
    }

    private static StreamObserver<String> hold(StreamObserver<String> answer) {
        HELD.add(answer);
        return new StreamObserver<>() {
            @Override
            public void onNext(String some) {
                // The test ends it.
            }

            @Override
            public void onError(Throwable cancelled) {
                // The test looks whether it is counted.
            }

            @Override
            public void onCompleted() {
                // The test ends it.
            }
        };
    }
}
