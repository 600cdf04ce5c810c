package io.quarkiverse.procdaemon.deployment.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Drainable;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;

/** A client, and methods without protoc: each message is a string of which each character is a byte. */
public final class Rpc implements AutoCloseable {

    static final MethodDescriptor<String, String> SAY = method("acme.Echo/Say", MethodType.UNARY);
    static final MethodDescriptor<String, String> TAIL = method("acme.Echo/Tail", MethodType.SERVER_STREAMING);
    static final MethodDescriptor<String, String> UPLOAD = method("acme.Echo/Upload", MethodType.CLIENT_STREAMING);
    static final MethodDescriptor<String, String> CHAT = method("acme.Echo/Chat", MethodType.BIDI_STREAMING);
    static final MethodDescriptor<String, String> CHECK = method("grpc.health.v1.Health/Check", MethodType.UNARY);
    static final MethodDescriptor<String, String> WATCH = method("grpc.health.v1.Health/Watch", MethodType.SERVER_STREAMING);
    static final MethodDescriptor<String, String> REFLECT = method(
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", MethodType.BIDI_STREAMING);

    private static final int SECONDS = 20;

    final ManagedChannel channel;

    Rpc(int port) {
        channel = ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    }

    private static MethodDescriptor<String, String> method(String name, MethodType type) {
        return MethodDescriptor.<String, String> newBuilder(new Latin(), new Latin()).setFullMethodName(name).setType(type)
                .build();
    }

    /** The HTTP server sends no other streams. */
    private static final class Bytes extends ByteArrayInputStream implements Drainable {

        Bytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            return (int) transferTo(target);
        }
    }

    private static final class Latin implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new Bytes(value.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What is answered, or the status if that is not OK. */
    String call(MethodDescriptor<String, String> method, String request) {
        try {
            return ClientCalls.blockingUnaryCall(channel, method,
                    CallOptions.DEFAULT.withDeadlineAfter(SECONDS, TimeUnit.SECONDS), request);
        } catch (StatusRuntimeException refused) {
            return refused.getMessage();
        }
    }

    String say(String text) {
        return call(SAY, text);
    }

    /** What the health service says about a service. */
    String health(String service) {
        return healthText(call(CHECK, service.isEmpty() ? "" : "\n" + (char) service.length() + service));
    }

    static String healthText(String response) {
        return switch (response) {
            case "" -> "UNKNOWN";
            case "\b\1" -> "SERVING";
            case "\b\2" -> "NOT_SERVING";
            default -> response;
        };
    }

    Answers begin(MethodDescriptor<String, String> method, String... requests) {
        return new Answers(channel.newCall(method, CallOptions.DEFAULT), requests);
    }

    /** What the reflection service says about the services there are. */
    String services() {
        Answers answers = begin(REFLECT, ":\1*").complete();
        String services = answers.next();
        return answers.status().isOk() ? services : answers.status().toString();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
