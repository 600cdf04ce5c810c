package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

import io.smallrye.mutiny.subscription.MultiSubscriber;

/** Records what it gets, and does with a message what a test says. */
final class FakeConsumer implements MultiSubscriber<Message<?>> {

    final List<Message<?>> messages = new ArrayList<>();
    Consumer<Message<?>> action = message -> {
    };
    @Nullable
    Throwable failure;
    boolean complete;

    List<Object> payloads() {
        return messages.stream().<Object> map(Message::getPayload).toList();
    }

    Message<?> last() {
        return messages.get(messages.size() - 1);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
    }

    @Override
    public void onItem(Message<?> message) {
        messages.add(message);
        action.accept(message);
    }

    @Override
    public void onFailure(Throwable thrown) {
        failure = thrown;
    }

    @Override
    public void onCompletion() {
        complete = true;
    }
}
