package io.quarkiverse.procdaemon.intake;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.ExecutionException;

import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Sends to the event bus. */
final class Bus {

    private Bus() {
    }

    /** Whether a consumer has answered; false if there is none, or it has refused. */
    static boolean answers(EventBus bus, String address) throws Exception {
        try {
            bus.request(address, "an order").toCompletionStage().toCompletableFuture().get(20, SECONDS);
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ReplyException refused && refused.failureType() != ReplyFailure.TIMEOUT) {
                return false;
            }
            throw failed;
        }
    }
}
