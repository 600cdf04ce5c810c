package io.quarkiverse.procdaemon.runtime.engine.thread;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import io.quarkiverse.procdaemon.DaemonStateException;
import io.quarkiverse.procdaemon.ErrorCode;
import io.quarkiverse.procdaemon.ThreadKind;

/**
 * The threads of this JVM. Virtual ones are reached through method handles because the language level is 17; every thread gets
 * the context class loader of the thread that made this object, whoever starts it.
 */
public final class SystemThreads implements Threads {

    /** {@code (String, Runnable) -> Thread}, unstarted; null on a JVM without virtual threads. */
    private static final MethodHandle UNSTARTED_VIRTUAL = findUnstartedVirtual();

    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    /** Whether this JVM has virtual threads. */
    public static boolean hasVirtual() {
        return UNSTARTED_VIRTUAL != null;
    }

    @Override
    public Thread start(ThreadKind kind, String name, Runnable task) {
        Thread thread = kind == ThreadKind.PLATFORM || kind == ThreadKind.AUTO && !hasVirtual() ? platform(name, task)
                : virtual(name, task);
        thread.setContextClassLoader(loader);
        thread.start();
        return thread;
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
        try {
            return (Thread) UNSTARTED_VIRTUAL.invokeExact(name, task);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new LinkageError("Thread.Builder threw a checked exception", impossible);
        }
    }

    private static MethodHandle findUnstartedVirtual() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builder));
            MethodHandle name = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
            MethodHandle unstarted = lookup.findVirtual(builder, "unstarted",
                    MethodType.methodType(Thread.class, Runnable.class));
            return MethodHandles.collectArguments(unstarted, 0, MethodHandles.foldArguments(name, ofVirtual));
        } catch (ReflectiveOperationException noVirtualThreads) {
            return null;
        }
    }
}
