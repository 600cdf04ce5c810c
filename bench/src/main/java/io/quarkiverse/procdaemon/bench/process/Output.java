package io.quarkiverse.procdaemon.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process prints, read as it comes so that it never waits for its reader. */
final class Output {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^ ]*:(\\d+)");

    private final StringBuffer text = new StringBuffer();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    Output(Process process) {
        Thread reader = new Thread(() -> read(process.inputReader()), "bench-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader reader) {
        try (reader) {
            for (String line; (line = reader.readLine()) != null;) {
                text.append(line).append('\n');
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.valueOf(listening.group(1)));
                }
            }
            port.completeExceptionally(new IllegalStateException("it ended before it listened"));
        } catch (IOException broken) {
            port.completeExceptionally(new UncheckedIOException(broken));
        }
    }

    /** The port its HTTP server listens at; waits for that. */
    int port(long seconds) throws InterruptedException, ExecutionException, TimeoutException {
        return port.get(seconds, TimeUnit.SECONDS);
    }

    /** All so far. */
    @Override
    public String toString() {
        return text.toString();
    }
}
