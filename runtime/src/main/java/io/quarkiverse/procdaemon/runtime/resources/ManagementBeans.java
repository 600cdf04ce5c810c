package io.quarkiverse.procdaemon.runtime.resources;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

import com.sun.management.UnixOperatingSystemMXBean;

/** What the JVM tells where the operating system has no files for it. */
final class ManagementBeans {

    private ManagementBeans() {
    }

    /** The platform threads of Java. */
    static long threads() {
        try {
            return ManagementFactory.getThreadMXBean().getThreadCount();
        } catch (LinkageError | RuntimeException missing) {
            return Thread.getAllStackTraces().size();
        }
    }

    static OptionalLong openFiles() {
        try {
            return known(unix() ? bean().getOpenFileDescriptorCount() : -1);
        } catch (LinkageError | RuntimeException missing) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong maxOpenFiles() {
        try {
            return known(unix() ? bean().getMaxFileDescriptorCount() : -1);
        } catch (LinkageError | RuntimeException missing) {
            return OptionalLong.empty();
        }
    }

    private static boolean unix() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean;
    }

    private static UnixOperatingSystemMXBean bean() {
        return (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }

    private static OptionalLong known(long count) {
        return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
