package io.quarkiverse.procdaemon.runtime.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;

/** What is sent to systemd arrives, at a socket with a file and at one without, in each way in which this JVM can send. */
class SenderTest {

    private static final String MESSAGE = "READY=1\nSTATUS=Running, \u20ac";
    private static final Duration BOUND = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    enum Way {
        FOREIGN {
            @Override
            Sender to(NotifySocket socket) throws ReflectiveOperationException {
                assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(22);
                return new ForeignSender(socket);
            }
        },
        NETTY {
            @Override
            Sender to(NotifySocket socket) throws ReflectiveOperationException {
                return new NettySender(socket, SenderTest.class.getClassLoader());
            }
        };

        abstract Sender to(NotifySocket socket) throws ReflectiveOperationException;
    }

    /** By Netty, as the JDK has no such sockets. */
    private static final class Receiver implements AutoCloseable {

        private final Socket socket = Socket.newSocketDomainDgram();

        Receiver(String name) throws IOException {
            SocketAddress address = new DomainSocketAddress(name.startsWith("@") ? "\0" + name.substring(1) : name);
            socket.bind(address);
        }

        String next() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
            long deadline = System.nanoTime() + BOUND.toNanos();
            while (System.nanoTime() - deadline < 0) {
                int length = socket.recv(buffer, 0, buffer.capacity());
                if (length > 0) {
                    byte[] message = new byte[length];
                    buffer.get(0, message);
                    return new String(message, StandardCharsets.UTF_8);
                }
                Thread.onSpinWait();
            }
            throw new AssertionError("no message came within " + BOUND);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @BeforeAll
    static void nettyHasItsNativePart() {
        assumeThat(Epoll.isAvailable()).as("Netty's native transport is there for this platform").isTrue();
    }

    private String file() {
        return directory.resolve("notify").toString();
    }

    private static String abstractName() {
        return "@proc-daemon-" + UUID.randomUUID();
    }

    @ParameterizedTest
    @EnumSource
    void aSocketWithAFileIsReached(Way way) throws Exception {
        isReached(file(), way);
    }

    @ParameterizedTest
    @EnumSource
    void aSocketWithoutAFileIsReached(Way way) throws Exception {
        isReached(abstractName(), way);
    }

    private static void isReached(String name, Way way) throws Exception {
        Sender sender = way.to(NotifySocket.of(name));
        try (Receiver receiver = new Receiver(name)) {
            sender.send(MESSAGE.getBytes(StandardCharsets.UTF_8));
            assertThat(receiver.next()).isEqualTo(MESSAGE);
            sender.send("STOPPING=1".getBytes(StandardCharsets.UTF_8));
            assertThat(receiver.next()).isEqualTo("STOPPING=1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatDoesNotArriveIsAFailure(Way way) throws Exception {
        Sender sender = way.to(NotifySocket.of(file()));
        assertThatThrownBy(() -> sender.send(MESSAGE.getBytes(StandardCharsets.UTF_8))).isInstanceOf(IOException.class);
    }

    /** The watchdog has one sent every few seconds, for months. */
    @ParameterizedTest
    @EnumSource
    void manyMessagesLeaveNoFileOpen(Way way) throws Exception {
        String name = file();
        Sender sender = way.to(NotifySocket.of(name));
        try (Receiver receiver = new Receiver(name)) {
            sender.send(MESSAGE.getBytes(StandardCharsets.UTF_8));
            receiver.next();
            long before = openFiles();
            for (int i = 0; i < 500; i++) {
                sender.send(MESSAGE.getBytes(StandardCharsets.UTF_8));
                receiver.next();
            }
            assertThat(openFiles()).isLessThan(before + 100);
        }
    }

    private static long openFiles() {
        return Path.of("/proc/self/fd").toFile().list().length;
    }

    @Test
    void aCommandThatFailsIsAFailure() {
        assertThatThrownBy(() -> new CommandSender("false").send(MESSAGE.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class).hasMessage("false ended with exit code 1");
    }

    @Test
    void theCommandGetsEachLineAsAWord() throws Exception {
        Path words = directory.resolve("words");
        Path script = directory.resolve("words.sh");
        Files.writeString(script, "#!/bin/sh\nprintf '%s|' \"$@\" > " + words + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        new CommandSender(script.toString()).send("READY=1\nSTATUS=Running, 1 of 1".getBytes(StandardCharsets.UTF_8));
        assertThat(words).hasContent("READY=1|STATUS=Running, 1 of 1|");
    }

    @Test
    void theCommandSendsEachLine() throws Exception {
        String name = file();
        try (Receiver receiver = new Receiver(name)) {
            // The command finds the socket in its environment, so a command that has one stands in for it.
            CommandSender sender = new CommandSender(script(name));
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    sender.send(MESSAGE.getBytes(StandardCharsets.UTF_8));
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
            });
            assertThat(receiver.next()).isEqualTo(MESSAGE);
            // The command ends when that has been read.
            assertThat(receiver.next()).isEqualTo("BARRIER=1");
            sent.get(BOUND.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private String script(String name) throws IOException {
        Path command = Path.of("/usr/bin/systemd-notify");
        assumeThat(command).exists();
        Path script = directory.resolve("systemd-notify");
        Files.writeString(script, "#!/bin/sh\nNOTIFY_SOCKET=" + name + " exec " + command + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toString();
    }
}
