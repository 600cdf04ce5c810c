package io.quarkiverse.procdaemon.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of the application, ended by {@link #close()} at the latest. */
final class RunningProgram implements AutoCloseable {

    private static final long SECONDS = 30;
    private static final int TERMINATED = 128 + 15;
    private static final byte[] READY = "GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final long began;
    private final Process process;
    private final Output output;
    private final Thread lastResort;

    private RunningProgram(Process process, long began) {
        this.began = began;
        this.process = process;
        this.output = new Output(process);
        this.lastResort = new Thread(process::destroyForcibly, "bench-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /**
     * Runs a program from its start to its end.
     *
     * @param settle how many milliseconds it is left alone once it is ready
     */
    static Measured measure(Program program, long settle) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(program.command()).redirectErrorStream(true);
        builder.environment().putAll(program.environment());
        long began = System.nanoTime();
        try (RunningProgram running = new RunningProgram(builder.start(), began)) {
            double start = running.awaitReady();
            Thread.sleep(settle);
            double memory = running.residentMiB();
            return new Measured(start, memory, running.terminate());
        }
    }

    private double awaitReady() throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), output.port(SECONDS))) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
            socket.getOutputStream().write(READY);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!answer.startsWith("HTTP/1.0 200") && !answer.startsWith("HTTP/1.1 200")) {
                throw new IllegalStateException("not ready: " + answer);
            }
            return millisSince(began);
        } catch (ExecutionException | TimeoutException notListening) {
            throw new IllegalStateException("it does not listen; it printed:\n" + output, notListening);
        }
    }

    /** As Linux counts; NaN elsewhere. */
    private double residentMiB() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        String resident = Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:")).findFirst()
                .orElseThrow();
        return Double.parseDouble(resident.replaceAll("\\D", "")) / 1024;
    }

    private double terminate() throws InterruptedException {
        long told = System.nanoTime();
        process.destroy();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        double millis = millisSince(told);
        if (!ended || process.exitValue() != TERMINATED) {
            throw new IllegalStateException(
                    (ended ? "it exited with " + process.exitValue() : "it did not end") + "; it printed:\n"
                            + output);
        }
        return millis;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException ending) {
            // Then it has been, or is about to be, run.
        }
    }
}
