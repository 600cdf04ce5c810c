package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the socket is, and whose it is. */
@Timeout(60)
class SocketFileTest {

    @TempDir
    Path directory;

    @Test
    void itHasItsModeAndLeavesNothing() throws IOException {
        Path path = directory.resolve("d.sock");
        SocketFile file = SocketFile.open(path, "rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThat(file.owner()).isEqualTo(Files.getOwner(directory));
        SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        file.close();
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(directory.resolve("d.sock.lock"));
        }
    }

    @Test
    void aLiveOneStays() throws IOException {
        Path path = directory.resolve("d.sock");
        SocketFile live = SocketFile.open(path, "rw-------");
        Object key = Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey();

        assertThatThrownBy(() -> SocketFile.open(path, "rw-------")).isInstanceOf(IOException.class)
                .hasMessage("is served by another process; stop that one, or give each its own path");
        assertThat(Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class).fileKey()).isEqualTo(key);
        SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        live.close();
    }

    /** As by a process that is suspended: a connection would wait for its turn. */
    @Test
    void aLiveOneThatAcceptsNothingStays() throws IOException {
        Path path = directory.resolve("d.sock");
        SocketFile live = SocketFile.open(path, "rw-------");
        List<SocketChannel> waiting = new ArrayList<>();
        while (waiting.isEmpty() || waiting.get(waiting.size() - 1).isConnected()) {
            SocketChannel client = SocketChannel.open(java.net.StandardProtocolFamily.UNIX);
            waiting.add(client);
            client.configureBlocking(false);
            try {
                client.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException full) {
                break;
            }
        }
        assertThatThrownBy(() -> SocketFile.open(path, "rw-------")).isInstanceOf(IOException.class);
        assertThat(path).exists();
        for (SocketChannel client : waiting) {
            client.close();
        }
        live.close();
    }

    @Test
    void aStaleOneIsReplaced() throws IOException {
        Path path = directory.resolve("d.sock");
        SocketFile.open(path, "rw-------").channel().close();
        assertThat(path).exists();

        SocketFile next = SocketFile.open(path, "rw-rw-rw-");
        SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-rw-rw-");
        next.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void theEndRemovesOnlyItsOwn() throws IOException {
        Path path = directory.resolve("d.sock");
        SocketFile file = SocketFile.open(path, "rw-------");
        Files.delete(path);
        Files.writeString(path, "of another");
        file.close();
        assertThat(path).hasContent("of another");
    }

    @Test
    void whatIsNoSocketStays() throws Exception {
        Path path = Files.writeString(directory.resolve("d.sock"), "precious");
        assertThatThrownBy(() -> SocketFile.open(path, "rw-------"))
                .hasMessage("exists and is no socket; remove it or choose another path");
        assertThat(path).hasContent("precious");

        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> SocketFile.open(pipe, "rw-------"))
                .hasMessage("exists and is no socket; remove it or choose another path");
    }

    /** One of them gets it, and keeps it. */
    @RepeatedTest(20)
    void severalAtOnce() throws Exception {
        Path path = directory.resolve("d.sock");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<SocketFile>> openings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            openings.add(() -> SocketFile.open(path, "rw-------"));
        }
        List<SocketFile> opened = new ArrayList<>();
        for (Future<SocketFile> each : threads.invokeAll(openings)) {
            try {
                opened.add(each.get());
            } catch (ExecutionException refused) {
                assertThat(refused.getCause()).isInstanceOf(IOException.class);
            }
        }
        threads.shutdown();
        assertThat(opened).hasSize(1);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel accepted = opened.get(0).channel().accept()) {
            assertThat(accepted.isConnected()).isTrue();
        }
        opened.get(0).close();
    }

    private static void refused(Optional<Path> path, Map<String, String> environment, String sentence) {
        assertThatThrownBy(() -> SocketPath.of(path, "d", environment))
                .hasMessage("PD-1002: the control socket has a problem:\n  - " + sentence);
    }

    @Test
    void wherePathsComeFrom() throws IOException {
        Path runtime = Files.createDirectory(directory.resolve("run"));
        assertThat(SocketPath.of(Optional.empty(), "d", Map.of("RUNTIME_DIRECTORY", runtime + ":/run/other", "XDG_RUNTIME_DIR",
                directory.toString()))).isEqualTo(runtime.resolve("d.sock"));
        assertThat(SocketPath.of(Optional.empty(), "d", Map.of("XDG_RUNTIME_DIR", directory.toString())))
                .isEqualTo(directory.resolve("d.sock"));
        assertThat(SocketPath.of(Optional.of(directory.resolve("x")), "d", Map.of("RUNTIME_DIRECTORY", runtime.toString())))
                .isEqualTo(directory.resolve("x"));
    }

    @Test
    void pathsThatCannotBe() throws IOException {
        String key = "quarkus.proc-daemon.control.socket";
        refused(Optional.empty(), Map.of(),
                "neither $RUNTIME_DIRECTORY nor $XDG_RUNTIME_DIR says where the control socket is to "
                        + "be; set " + key + ", or have the service manager set the first (systemd: RuntimeDirectory=)");
        Path missing = directory.resolve("no").resolve("d.sock");
        refused(Optional.of(missing), Map.of(), key + " (" + missing + ") cannot be created because there is no directory "
                + missing.getParent() + "; create it or choose another path");
        refused(Optional.of(directory), Map.of(), key + " (" + directory + ") is a directory; add the name of a file");
        Path path = directory.resolve("x".repeat(107 - directory.toString().length()));
        refused(Optional.of(path), Map.of(),
                key + " (" + path + ") has 108 bytes, but the path of a socket can have at most 107; "
                        + "choose a shorter one");
        Path longest = directory.resolve("x".repeat(106 - directory.toString().length()));
        SocketFile.open(SocketPath.of(Optional.of(longest), "d", Map.of()), "rw-------").close();
        assertThatThrownBy(() -> SocketPath.of(Optional.empty(), "a/b", Map.of("XDG_RUNTIME_DIR", directory.toString())))
                .hasMessageContaining("the name of the daemon, a/b, cannot be the name of a file");
    }
}
