package io.quarkiverse.procdaemon.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of an application, ended by {@link #close()} at the latest. */
final class RunningProgram implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^ ]*:(\\d+)");
    private static final long SECONDS = 60;
    private static final int TERMINATED = 128 + 15;
    private static final byte[] READY = "GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final long began = System.nanoTime();
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Void> outputEnd = new CompletableFuture<>();
    private final Process process;
    private final Thread lastResort;

    RunningProgram(Program program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.command()).redirectErrorStream(true);
        builder.environment().putAll(program.environment());
        process = builder.start();
        lastResort = new Thread(process::destroyForcibly, "bench-last-resort");
        Runtime.getRuntime().addShutdownHook(lastResort);
        // What it prints is read as it comes, so that it never waits for its reader.
        Thread reader = new Thread(this::read, "bench-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line; (line = reader.readLine()) != null;) {
                output.append(line).append('\n');
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.valueOf(listening.group(1)));
                }
            }
        } catch (IOException killed) {
            // Then nobody waits for its output any more.
        } finally {
            port.completeExceptionally(new IllegalStateException("it does not listen"));
            outputEnd.complete(null);
        }
    }

    /** Milliseconds until it was ready. */
    double awaitReady() throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.get(SECONDS, TimeUnit.SECONDS))) {
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

    /** A number that Linux tells of the process; NaN elsewhere. */
    double status(String what) throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        return !Files.isReadable(status) ? Double.NaN
                : Files.readAllLines(status).stream().filter(line -> line.startsWith(what))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    /** From the JVM's counters, which it keeps in a file: the process does nothing for it. */
    double classes() throws IOException {
        Process jstat = new ProcessBuilder(Program.java("jstat"), "-class", String.valueOf(process.pid())).start();
        List<String> lines = new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        return lines.size() < 2 ? Double.NaN : Double.parseDouble(lines.get(1).trim().split("\\s+")[0]);
    }

    /** Milliseconds from SIGTERM to its end. */
    double terminate() throws InterruptedException {
        long told = System.nanoTime();
        // By its handle: Process.destroy() also closes the output, which a JVM that writes an archive then writes to.
        process.toHandle().destroy();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        double millis = millisSince(told);
        if (!ended || process.exitValue() != TERMINATED) {
            throw new IllegalStateException((ended ? "it exited with " + process.exitValue() : "it did not end")
                    + "; it printed:\n" + output);
        }
        return millis;
    }

    /** All it printed, once it has ended by itself. */
    List<String> awaitOutput(long seconds) throws InterruptedException {
        try {
            outputEnd.get(seconds, TimeUnit.SECONDS);
            return output.toString().lines().toList();
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException("it has not ended; it printed:\n" + output, late);
        }
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
