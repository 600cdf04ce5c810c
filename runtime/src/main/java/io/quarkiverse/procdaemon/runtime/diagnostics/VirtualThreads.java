package io.quarkiverse.procdaemon.runtime.diagnostics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import com.sun.management.HotSpotDiagnosticMXBean;

/** The virtual threads, which JDK 21 and later can list, into a file only. This is compiled for an older one. */
final class VirtualThreads {

    private static final int FIRST_JDK = 21;
    /** The others are counted. */
    private static final int MOST = 10_000;
    private static final Pattern HEAD = Pattern.compile("#\\d+ \".*\"(.*)");

    private VirtualThreads() {
    }

    static void write(Writer out, Path scratch) throws IOException {
        if (Runtime.version().feature() < FIRST_JDK) {
            return;
        }
        if (HeapDump.isNative()) {
            out.write("\nVirtual threads are not listed: a native executable cannot\n");
            return;
        }
        try {
            Listing.write(scratch);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException missing) {
            out.write("\nVirtual threads are not listed: this runtime cannot (" + missing + ")\n");
            return;
        }
        out.write("\nVirtual threads\n");
        try (BufferedReader in = Files.newBufferedReader(scratch)) {
            copy(in, out);
        }
    }

    /** Those of all threads that are virtual. */
    static void copy(BufferedReader in, Writer out) throws IOException {
        int count = 0;
        boolean copies = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            var head = HEAD.matcher(line);
            if (head.matches()) {
                boolean virtual = head.group(1).contains(" virtual");
                count += virtual ? 1 : 0;
                copies = virtual && count <= MOST;
                if (copies) {
                    out.write("\n");
                }
            }
            if (copies && !line.isBlank()) {
                out.write((head.matches() ? line : frame(line.strip())) + "\n");
            }
        }
        out.write(count == 0 ? "\nnone\n" : count > MOST ? "\nand " + (count - MOST) + " more\n" : "");
    }

    /** Older JDKs leave the word out. */
    private static String frame(String line) {
        return (line.startsWith("at ") || line.startsWith("- ") ? "    " : "    at ") + line;
    }

    /** Its types are missing in a runtime without the module jdk.management. */
    private static final class Listing {

        static void write(Path file) throws ReflectiveOperationException, IOException {
            Class<?> format = Class.forName(HotSpotDiagnosticMXBean.class.getName() + "$ThreadDumpFormat");
            Object text = format.getField("TEXT_PLAIN").get(null);
            try {
                HotSpotDiagnosticMXBean.class.getMethod("dumpThreads", String.class, format)
                        .invoke(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class), file.toString(), text);
            } catch (InvocationTargetException failure) {
                if (failure.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw failure;
            }
        }
    }
}
