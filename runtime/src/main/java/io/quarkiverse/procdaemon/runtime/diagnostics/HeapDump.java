package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

import org.graalvm.nativeimage.VMRuntime;

import com.sun.management.HotSpotDiagnosticMXBean;

/** Has the virtual machine write all live objects. */
final class HeapDump {

    private static final String NATIVE = "org.graalvm.nativeimage.imagecode";

    private HeapDump() {
    }

    /** Whether this is a native executable. */
    static boolean isNative() {
        return System.getProperty(NATIVE) != null;
    }

    /** @param file does not exist yet, and ends in {@code .hprof} */
    static void write(Path file) throws IOException {
        if (isNative()) {
            OfExecutable.write(file);
            return;
        }
        try {
            OfJvm.write(file);
        } catch (LinkageError missing) {
            throw new UnsupportedOperationException("This Java runtime cannot write heap dumps: it lacks the module"
                    + " jdk.management; add that to the runtime");
        }
    }

    /** Its types are missing in a runtime without the module. */
    private static final class OfJvm {

        static void write(Path file) throws IOException {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (bean == null) {
                throw new UnsupportedOperationException("This JVM (" + System.getProperty("java.vm.name")
                        + ") cannot write heap dumps; HotSpot can");
            }
            bean.dumpHeap(file.toString(), true);
        }
    }

    /** Its types are there in native executables only. */
    private static final class OfExecutable {

        static void write(Path file) throws IOException {
            try {
                VMRuntime.dumpHeap(file.toString(), true);
            } catch (UnsupportedOperationException notBuilt) {
                throw new UnsupportedOperationException("This native executable cannot write heap dumps; build it with"
                        + " quarkus.native.monitoring=heapdump", notBuilt);
            }
        }
    }
}
