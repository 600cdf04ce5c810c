package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

import io.quarkiverse.procdaemon.runtime.engine.DaemonInternals;

/** The daemon, then all threads. */
final class ThreadDump {

    private final DaemonView daemon;

    ThreadDump(DaemonInternals daemon) {
        this.daemon = new DaemonView(daemon);
    }

    /** @param scratch where a file may be written on the way */
    void write(Writer out, Path scratch) throws IOException {
        daemon.write(out);
        threads(out);
        VirtualThreads.write(out, scratch);
    }

    private static void threads(Writer out) throws IOException {
        // The bean of native executables knows no threads.
        if (HeapDump.isNative()) {
            PlainThreads.write(out);
            return;
        }
        try {
            ManagedThreads.write(out);
        } catch (LinkageError | UnsupportedOperationException missing) {
            PlainThreads.write(out);
        }
    }
}
