package io.quarkiverse.procdaemon.runtime.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends by the command {@code systemd-notify}, which waits until systemd has read the message: of a process that has ended,
 * systemd would not know any more to which service it belonged.
 */
final class CommandSender implements Sender {

    private static final long PATIENCE_SECONDS = 10;

    private final String command;

    CommandSender(String command) {
        this.command = command;
    }

    @Override
    public boolean needsAccessForAll() {
        return true;
    }

    @Override
    public void send(byte[] message) throws IOException {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(new String(message, StandardCharsets.UTF_8).split("\n")));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + PATIENCE_SECONDS + "s");
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", interrupted);
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with exit code " + process.exitValue());
        }
    }
}
