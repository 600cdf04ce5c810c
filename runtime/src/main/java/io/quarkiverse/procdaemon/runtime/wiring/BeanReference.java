package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.enterprise.context.Dependent;

import org.jspecify.annotations.Nullable;

import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InstanceHandle;

/**
 * The bean of one subsystem, and the instance of it with which the current run began. A run keeps it until its end, whatever
 * the container would return in the meantime: a mock in a test, or another instance of a scope that has ended.
 */
final class BeanReference {

    private final ArcContainer container;
    private final String bean;
    // Not synchronized: that would pin a virtual thread while the bean is created.
    private final Lock lock = new ReentrantLock();
    private @Nullable InstanceHandle<Object> handle;
    private @Nullable Object instance;

    BeanReference(ArcContainer container, String bean) {
        this.container = container;
        this.bean = bean;
    }

    /** Begins a run. Its instance, not a client proxy, is created if necessary; throws what its constructor throws. */
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

    /** The instance of the current run; null if it could not be created. */
    @Nullable
    Object get() {
        lock.lock();
        try {
            return instance;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Destroys the instance if its scope does not; does nothing if it is still being created, which means that its constructor
     * hangs.
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
