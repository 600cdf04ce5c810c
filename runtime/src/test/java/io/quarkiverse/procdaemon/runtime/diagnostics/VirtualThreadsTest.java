package io.quarkiverse.procdaemon.runtime.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of the JDK's list of all threads, as several versions write it, only the virtual ones are copied. */
@Tag("any-jdk")
class VirtualThreadsTest {

    private static String copy(String listed) throws IOException {
        StringWriter out = new StringWriter();
        VirtualThreads.copy(new BufferedReader(new StringReader(listed)), out);
        return out.toString();
    }

    @Test
    void asJdk21WritesIt() throws IOException {
        assertThat(
                copy("123\n2026-01-02T03:04:05Z\n21.0.1\n\n#1 \"main\"\n      java.base/java.lang.Thread.sleep(Thread.java)\n\n"
                        + "#22 \"pump\" virtual\n      java.base/java.lang.VirtualThread.park(VirtualThread.java:582)\n"
                        + "      Pump.run(Pump.java:3)\n\n#23 \"ForkJoinPool-1-worker-1\"\n      x.Y.z(Y.java:1)\n"))
                .isEqualTo("\n#22 \"pump\" virtual\n    at java.base/java.lang.VirtualThread.park(VirtualThread.java:582)\n"
                        + "    at Pump.run(Pump.java:3)\n");
    }

    @Test
    void asJdk25WritesIt() throws IOException {
        assertThat(copy("#1 \"main\" RUNNABLE 2026-01-02T03:04:05Z\n    at x.Y.z(Y.java:1)\n\n"
                + "#30 \"\" virtual WAITING 2026-01-02T03:04:05Z\n    at java.base/java.lang.VirtualThread.park(VirtualThread.java)\n"
                + "    - parking to wait for <0x1> (a java.lang.Object)\n"))
                .isEqualTo("\n#30 \"\" virtual WAITING 2026-01-02T03:04:05Z\n"
                        + "    at java.base/java.lang.VirtualThread.park(VirtualThread.java)\n"
                        + "    - parking to wait for <0x1> (a java.lang.Object)\n");
    }

    @Test
    void noneIsSaid() throws IOException {
        assertThat(copy("#1 \"virtual\" RUNNABLE\n    at x.Y.z(Y.java:1)\n")).isEqualTo("\nnone\n");
    }

    @Test
    void manyAreCounted() throws IOException {
        String copied = copy("#1 \"\" virtual\n    at x\n\n".repeat(10_005));
        assertThat(copied).endsWith("\nand 5 more\n");
        assertThat(copied.lines().filter(line -> line.startsWith("#"))).hasSize(10_000);
    }
}
