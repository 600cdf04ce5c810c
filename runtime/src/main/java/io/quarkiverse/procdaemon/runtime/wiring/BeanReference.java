package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.enterprise.context.Dependent;

import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InstanceHandle;

/** The bean of one subsystem: made when it is first asked for, and one and the same from then on, whatever its scope. */
final class BeanReference {

    private final ArcContainer container;
    private final String bean;
    // Not synchronized: that would pin a virtual thread while the bean is made.
    private final Lock lock = new ReentrantLock();
    private InstanceHandle<Object> handle;

    BeanReference(ArcContainer container, String bean) {
        this.container = container;
        this.bean = bean;
    }

    /** The instance itself, not a client proxy; throws what making it throws. */
    Object get() {
        lock.lock();
        try {
            if (handle == null) {
                handle = container.instance(container.bean(bean));
            }
            return ClientProxy.unwrap(handle.get());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Destroys the instance if it belongs to nobody else; that of a longer scope ends with the scope. One that is still being
     * made, and so hangs, is left to itself.
     */
    void release() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (handle != null && handle.getBean().getScope() == Dependent.class) {
                handle.destroy();
            }
            handle = null;
        } finally {
            lock.unlock();
        }
    }
}
