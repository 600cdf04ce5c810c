package io.quarkiverse.procdaemon.runtime.wiring;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.enterprise.context.Dependent;

import org.jspecify.annotations.Nullable;

import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ClientProxy;
import io.quarkus.arc.InjectableBean;
import io.quarkus.arc.InstanceHandle;

/**
 * The bean of one subsystem, and the instance of it with which the current run began. A run keeps it until its end, whatever
 * the container would return in the meantime: a mock in a test, or another instance of a scope that has ended. A
 * {@code @Dependent} bean has a new instance for each run.
 */
final class BeanReference {

    private final ArcContainer container;
    private final InjectableBean<Object> bean;
    // Not synchronized: that would pin a virtual thread while the bean is created.
    private final Lock lock = new ReentrantLock();
    private @Nullable InstanceHandle<Object> handle;
    private @Nullable Object instance;

    BeanReference(ArcContainer container, String bean) {
        this.container = container;
        this.bean = container.bean(bean);
    }

    /** Whether each run has an instance of its own, so that it ends with the run. */
    boolean isOfRun() {
        return bean.getScope() == Dependent.class;
    }

    /** Begins a run. Its instance, not a client proxy, is created if necessary; throws what its constructor throws. */
    Object begin() {
        // That of a run which was abandoned, and has ended since.
        end();
        lock.lock();
        try {
            instance = null;
            if (handle == null) {
                handle = container.instance(bean);
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

    /** The run has ended: destroys its instance, if that was made for it alone. */
    void end() {
        if (isOfRun()) {
            InstanceHandle<Object> ended = forget();
            if (ended != null) {
                ended.destroy();
            }
        }
    }

    private @Nullable InstanceHandle<Object> forget() {
        lock.lock();
        try {
            InstanceHandle<Object> forgotten = handle;
            handle = null;
            instance = null;
            return forgotten;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets go of the instance, which its scope destroys. Does nothing if it ends with its run, which may have been abandoned
     * and still use it, or if it is still being created, which means that its constructor hangs.
     */
    void release() {
        if (isOfRun() || !lock.tryLock()) {
            return;
        }
        try {
            handle = null;
            instance = null;
        } finally {
            lock.unlock();
        }
    }
}
