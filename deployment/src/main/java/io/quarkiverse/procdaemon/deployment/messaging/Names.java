package io.quarkiverse.procdaemon.deployment.messaging;

import java.util.Set;

import org.jboss.jandex.DotName;

/** Types of SmallRye Reactive Messaging and of what goes with it, which may be missing. */
final class Names {

    static final DotName INCOMING = DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Incoming");
    static final DotName INCOMINGS = DotName.createSimple("io.smallrye.reactive.messaging.annotations.Incomings");
    static final DotName OUTGOING = DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Outgoing");
    static final DotName OUTGOINGS = DotName.createSimple("io.smallrye.reactive.messaging.annotations.Outgoings");
    static final DotName CHANNEL = DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Channel");
    static final DotName ON_OVERFLOW = DotName.createSimple("org.eclipse.microprofile.reactive.messaging.OnOverflow");
    static final DotName ACKNOWLEDGMENT = DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Acknowledgment");
    static final DotName MESSAGE = DotName.createSimple("org.eclipse.microprofile.reactive.messaging.Message");
    static final DotName BLOCKING = DotName.createSimple("io.smallrye.reactive.messaging.annotations.Blocking");
    static final DotName VIRTUAL_THREAD = DotName.createSimple("io.smallrye.common.annotation.RunOnVirtualThread");
    /** What hands on messages at a pace of its own. */
    static final Set<DotName> STREAMS = Set.of(DotName.createSimple("java.util.concurrent.Flow$Subscriber"),
            DotName.createSimple("org.reactivestreams.Subscriber"),
            DotName.createSimple("org.eclipse.microprofile.reactive.streams.operators.SubscriberBuilder"));
    /** What an injected channel can be, other than an emitter. */
    static final Set<DotName> SOURCES = Set.of(DotName.createSimple("io.smallrye.mutiny.Multi"),
            DotName.createSimple("java.util.concurrent.Flow$Publisher"),
            DotName.createSimple("org.reactivestreams.Publisher"),
            DotName.createSimple("org.eclipse.microprofile.reactive.streams.operators.PublisherBuilder"),
            DotName.createSimple("io.smallrye.reactive.messaging.keyed.KeyedMulti"),
            DotName.createSimple("io.smallrye.reactive.messaging.PausableChannel"));

    private Names() {
    }
}
