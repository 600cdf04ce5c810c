package io.quarkiverse.procdaemon.runtime.engine.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ThreadKind;

/**
 * The threads of this JVM. The factory of virtual ones is looked up because the language level is 17, once, and in a native
 * executable while that is built; every thread gets the context class loader of the thread that made this object, and no
 * thread local, whichever thread starts it.
 */
public final class SystemThreads implements Threads {

    /** Null on a JVM without virtual threads. */
    private static final @Nullable ThreadFactory VIRTUAL = findVirtual();

    private static final long LINGER = TimeUnit.MILLISECONDS.toNanos(200);

    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
    /** Null until the first time; the JDK keeps a list of them, which makes one cost more than a daemon. */
    private volatile @Nullable ThreadPoolExecutor reusable;

    /** Whether this JVM has virtual threads. */
    public static boolean hasVirtual() {
        return VIRTUAL != null;
    }

    @Override
    public Thread start(ThreadKind kind, String name, Runnable task) {
        Thread thread = kind == ThreadKind.PLATFORM || kind == ThreadKind.AUTO && !hasVirtual() ? platform(name, task)
                : virtual(name, task);
        thread.setContextClassLoader(loader);
        thread.start();
        return thread;
    }

    /** A fifth of a second: long enough for a burst. */
    @Override
    public long linger() {
        return LINGER;
    }

    @Override
    public void reuse(String name, Runnable task) {
        reusable().execute(new Named(name, loader, task));
    }

    /** Has a thread only while there is something to do, and a little longer. */
    private ThreadPoolExecutor reusable() {
        if (reusable == null) {
            synchronized (this) {
                if (reusable == null) {
                    reusable = new ThreadPoolExecutor(0, Integer.MAX_VALUE, LINGER, TimeUnit.NANOSECONDS,
                            new SynchronousQueue<>(), new Reusable());
                }
            }
        }
        return reusable;
    }

    private static Thread platform(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    private static Thread virtual(String name, Runnable task) {
        if (!hasVirtual()) {
            throw new DaemonStateException(ErrorCode.UNSUPPORTED_PLATFORM, "a virtual thread was asked for '" + name
                    + "', but this JVM (Java " + Runtime.version().feature()
                    + ") has none; use Java 21 or later, or the kind auto");
        }
        Thread thread = VIRTUAL.newThread(task);
        thread.setName(name);
        return thread;
    }

    private static @Nullable ThreadFactory findVirtual() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Object inheriting = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual)).invoke();
            Object virtual = lookup.findVirtual(ofVirtual, "inheritInheritableThreadLocals",
                    MethodType.methodType(ofVirtual, boolean.class)).invoke(inheriting, false);
            return (ThreadFactory) lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
                    .invoke(virtual);
        } catch (ReflectiveOperationException noVirtualThreads) {
            return null;
        } catch (Throwable impossible) {
            throw new LinkageError("Thread.ofVirtual().factory() failed", impossible);
        }
    }

    /** Named classes: they are loaded before the shutdown needs them. */
    private record Named(String name, @Nullable ClassLoader loader, Runnable task) implements Runnable {
        @Override
        public void run() {
            Thread.currentThread().setName(name);
            Thread.currentThread().setContextClassLoader(loader);
            task.run();
        }
    }

    private static final class Reusable implements ThreadFactory {
        @Override
        public Thread newThread(Runnable first) {
            return platform("proc-daemon-reusable", first);
        }
    }
}
