package io.quarkiverse.procdaemon.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.procdaemon.DaemonException;

/** Another process that takes a lock, and holds it until it is killed. */
final class LockHolder implements AutoCloseable {

    private static final String HELD = "held";

    private final Process process;
    /** What it has said first. */
    private final String said;

    private LockHolder(Process process) throws IOException {
        this.process = process;
        byte[] buffer = new byte[4096];
        int length = process.getInputStream().read(buffer);
        this.said = new String(buffer, 0, Math.max(length, 0), StandardCharsets.UTF_8).strip();
    }

    /** In the process. */
    public static void main(String[] arguments) throws IOException {
        try {
            InstanceLock lock = InstanceLock.take(Path.of(arguments[0]), arguments[1]);
            System.out.println(HELD);
            System.in.read();
            lock.close();
        } catch (DaemonException refused) {
            System.out.println(refused.getMessage());
        }
    }

    static LockHolder start(Path file, String daemon, String... prefix) throws IOException {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), LockHolder.class.getName(), file.toString(), daemon, "secret"));
        return new LockHolder(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    boolean holds() {
        return said.equals(HELD);
    }

    String said() {
        return said;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
