package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.enterprise.context.Dependent;

import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InstanceHandle;

/**
 * The bean of one subsystem, and the instance of it that the current run began with. A run keeps that to its end, whatever the
 * container would give meanwhile: a mock in a test, or another instance of a scope that has ended.
 */
final class BeanReference {

    private final ArcContainer container;
    private final String bean;
    // Not synchronized: that would pin a virtual thread while the bean is made.
    private final Lock lock = new ReentrantLock();
    private InstanceHandle<Object> handle;
    private Object instance;

    BeanReference(ArcContainer container, String bean) {
        this.container = container;
        this.bean = bean;
    }

    /** A run begins. Its instance, not a client proxy, is made if there is none yet; throws what making it throws. */
    Object begin() {
        lock.lock();
        try {
            instance = null;
            if (handle == null) {
                handle = container.instance(container.bean(bean));
            }
            instance = ClientProxy.unwrap(handle.get());
            return instance;
        } finally {
            lock.unlock();
        }
    }

    /** The instance of the current run; null if it could not be made. */
    Object get() {
        lock.lock();
        try {
            return instance;
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
            instance = null;
        } finally {
            lock.unlock();
        }
    }
}
