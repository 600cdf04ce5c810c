package io.quarkiverse.procdaemon.bench.lifecycle;

import java.util.concurrent.ThreadFactory;

/** Virtual threads as the JDK makes them, looked up because the language level is 17. */
public final class VirtualThreads {

    private VirtualThreads() {
    }

    /** Whether the JVM has them. */
    public static boolean exist() {
        return Runtime.version().feature() >= 21;
    }

    /** {@code Thread.ofVirtual().factory()}; an error where there is none. */
    static ThreadFactory factory() {
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        } catch (ReflectiveOperationException none) {
            throw new IllegalStateException("this JVM has no virtual threads; run on Java 21 or later", none);
        }
    }

    /** Virtual threads where the JVM has them, else platform threads: what a subsystem gets. */
    public static ThreadFactory factoryOrPlatform() {
        return exist() ? factory() : Thread::new;
    }
}
