package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.IOException;
import java.io.Writer;
import java.util.Comparator;
import java.util.Map;

import io.quarkiverse.procdaemon.runtime.engine.foreign.PlainText;

/** The stacks of the platform threads where no management bean tells more. */
final class PlainThreads {

    private PlainThreads() {
    }

    static void write(Writer out) throws IOException {
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        out.write("\nPlatform threads (" + all.size() + "; this runtime tells nothing of locks)\n");
        for (Thread thread : all.keySet().stream().sorted(Comparator.comparing(Thread::getName)).toList()) {
            out.write("\n\"" + PlainText.escape(thread.getName()) + "\"" + (thread.isDaemon() ? " daemon" : "") + " priority "
                    + thread.getPriority() + " " + thread.getState() + "\n");
            for (StackTraceElement frame : all.get(thread)) {
                out.write("    at " + frame + "\n");
            }
        }
    }
}
