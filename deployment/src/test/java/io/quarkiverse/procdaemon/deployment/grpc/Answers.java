package io.quarkiverse.procdaemon.deployment.grpc;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/** A call as its client sees it. */
final class Answers extends ClientCall.Listener<String> {

    private static final int SECONDS = 20;

    private final ClientCall<String, String> call;
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> status = new CompletableFuture<>();

    /** Begins it; unless it is a call with one request, that is not the end of what it asks. */
    Answers(ClientCall<String, String> call, String... requests) {
        this(call, new Metadata(), requests);
    }

    Answers(ClientCall<String, String> call, Metadata headers, String... requests) {
        this.call = call;
        call.start(this, headers);
        call.request(Integer.MAX_VALUE);
        for (String request : requests) {
            call.sendMessage(request);
        }
    }

    Answers complete() {
        call.halfClose();
        return this;
    }

    void cancel() {
        call.cancel("no longer of interest", null);
    }

    @Override
    public void onMessage(String message) {
        messages.add(message);
    }

    @Override
    public void onClose(Status end, Metadata trailers) {
        status.complete(end);
    }

    String next() {
        try {
            String next = messages.poll(SECONDS, TimeUnit.SECONDS);
            return next == null ? "nothing within " + SECONDS + " seconds" : next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With which it ends. */
    Status status() {
        try {
            return status.get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
