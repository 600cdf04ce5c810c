package io.quarkiverse.procdaemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of requests leave heap, threads and descriptors as they were. */
class SoakIT {

    private static final int REQUESTS = Integer.getInteger("soak.requests", 10_000);
    private static final int WARM_UP = 2_000;
    private static final long MORE_HEAP = 256 * 1024;
    private static final List<String> PATHS = List.of("GET /v1/subsystems", "GET /v1/daemon", "GET /v1/resources",
            "GET /v1/subsystems/nobody", "POST /v1/resume", "GET /v1/config");

    @TempDir
    Path directory;

    @Test
    void requestsOneAfterTheOther() throws Exception {
        try (Billing billing = Billing.up(directory)) {
            send(billing, WARM_UP);
            Usage before = usage(billing);
            send(billing, REQUESTS);
            billing.await("threads and files are as before", () -> {
                Usage now = usage(billing);
                return now.threads <= before.threads && now.files <= before.files;
            });
            Usage after = usage(billing);
            System.out.printf("After %d requests: heap %d -> %d bytes, threads %d -> %d, descriptors %d -> %d%n", REQUESTS,
                    before.heap, after.heap, before.threads, after.threads, before.files, after.files);
            assertThat(after.heap).isLessThan(before.heap + MORE_HEAP);
        }
    }

    private static void send(Billing billing, int count) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(64 * 1024);
        for (int i = 0; i < count; i++) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(billing.socket))) {
                channel.write(ByteBuffer.wrap((PATHS.get(i % PATHS.size())
                        + " HTTP/1.1\r\nHost: d\r\nAccept: application/json\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII)));
                answer.clear();
                while (channel.read(answer) >= 0) {
                    assertThat(answer.hasRemaining()).isTrue();
                }
                assertThat(new String(answer.array(), 0, 9, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 ");
            }
        }
    }

    private record Usage(long heap, long threads, long files) {
    }

    private static Usage usage(Billing billing) throws Exception {
        Path process = Path.of("/proc", Long.toString(billing.pid()));
        long threads = 0;
        try (var all = Files.list(process.resolve("task"))) {
            threads = all.count();
        }
        try (var all = Files.list(process.resolve("fd"))) {
            return new Usage(heap(billing), threads, all.count());
        }
    }

    /** Of live objects, on the JVM. */
    private static long heap(Billing billing) throws Exception {
        if (!System.getProperty("control.program").endsWith(".jar")) {
            return 0;
        }
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String histogram = Billing.run(Map.of(), jcmd.toString(), "" + billing.pid(), "GC.class_histogram").output();
        Matcher total = Pattern.compile("Total +\\d+ +(\\d+)").matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        return Long.parseLong(total.group(1));
    }
}
