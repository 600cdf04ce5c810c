package io.quarkiverse.procdaemon.runtime.messaging;

import java.util.Collection;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.AbstractMultiOperator;
import io.smallrye.mutiny.subscription.MultiSubscriber;

/** The messages of a consumer, behind its gate. */
final class GatedMulti extends AbstractMultiOperator<Message<?>, Message<?>> {

    private final Consumption consumption;
    private final Collection<GatedStream> streams;

    /** @param streams where each subscription leaves what is to be woken when the gate may have opened */
    GatedMulti(Multi<? extends Message<?>> upstream, Consumption consumption, Collection<GatedStream> streams) {
        super(upstream);
        this.consumption = consumption;
        this.streams = streams;
    }

    @Override
    public void subscribe(MultiSubscriber<? super Message<?>> downstream) {
        GatedStream stream = new GatedStream(consumption, downstream);
        streams.add(stream);
        upstream.subscribe().withSubscriber(stream);
    }
}
