package io.quarkiverse.procdaemon.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.runtime.engine.LogCapture;

/** What becomes of a socket whose file does not stay. */
@Timeout(60)
class ListeningSocketTest {

    @TempDir
    Path directory;

    private final LogCapture log = new LogCapture("io.quarkiverse.procdaemon");
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger openings = new AtomicInteger();
    private Path path;
    private ListeningSocket socket;
    private Future<?> accepting;

    @BeforeEach
    void open() throws IOException {
        path = directory.resolve("run").resolve("d.sock");
        Files.createDirectory(path.getParent());
        socket = new ListeningSocket(this::opened, 5);
        accepting = thread.submit(() -> {
            try (ListeningSocket closed = socket) {
                while (true) {
                    closed.accept().close();
                }
            }
        });
    }

    private SocketFile opened() throws IOException {
        openings.incrementAndGet();
        return SocketFile.open(path, "rw-------");
    }

    @AfterEach
    void close() throws IOException {
        socket.end();
        assertThatThrownBy(accepting::get).hasCauseInstanceOf(ClosedChannelException.class);
        thread.shutdown();
        log.close();
        assertThat(directory.resolve("run").resolve("d.sock")).doesNotExist();
    }

    private boolean isServed() {
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private List<String> logged() {
        return log.lines().stream().filter(line -> !line.startsWith("DEBUG")).toList();
    }

    @Test
    void aFileThatStaysIsLeftAlone() {
        assertThat(isServed()).isTrue();
        assertThat(openings).hasValue(1);
        assertThat(logged()).isEmpty();
    }

    @Test
    void aFileThatIsDeletedIsCreatedAgain() throws IOException {
        for (int i = 1; i <= 3; i++) {
            Files.delete(path);
            ControlFixture.await("it is there again", this::isServed);
            int times = i;
            ControlFixture.await("the log says so", () -> logged().size() == times);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThat(logged()).containsOnly(
                "WARN The file of the control socket was deleted or replaced; the daemon has created it again: " + path);
    }

    @Test
    void oneThatAnotherProcessServesStays() throws IOException {
        Files.delete(path);
        SocketFile other;
        try {
            other = SocketFile.open(path, "rw-------");
        } catch (IOException wasFaster) {
            Files.delete(path);
            other = SocketFile.open(path, "rw-------");
        }
        ControlFixture.await("it is noticed", () -> logged().stream().anyMatch(line -> line.contains("cannot be reached")));
        int before = openings.get();
        ControlFixture.await("it is tried again", () -> openings.get() > before + 3);
        assertThat(other.isThere()).isTrue();
        assertThat(logged().stream().filter(line -> line.contains("cannot be reached"))).containsExactly(
                "WARN The control socket cannot be reached, because its file " + path + " was deleted or replaced and cannot be"
                        + " created again (it is served by another process; stop that one, or give each its own path);"
                        + " correct that, the daemon tries again every 5s");

        other.close();
        ControlFixture.await("it is there again", this::isServed);
        ControlFixture.await("the log says so", () -> logged().contains(
                "INFO The file of the control socket was deleted or replaced; the daemon has created it again: " + path));
    }

    @Test
    void soDoesAnyOtherFile() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.move(precious, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        ControlFixture.await("it is noticed", () -> !logged().isEmpty());
        assertThat(logged()).hasSize(1).first().asString()
                .contains("(it exists and is no socket; remove it or choose another path)");
        assertThat(path).hasContent("precious");
        Files.delete(path);
        ControlFixture.await("it is there again", this::isServed);
    }

    @Test
    void aDirectoryMayGoAndComeAgain() throws IOException {
        Path moved = Files.move(path.getParent(), directory.resolve("moved"));
        ControlFixture.await("it is noticed", () -> !logged().isEmpty());
        assertThat(logged()).hasSize(1).first().asString().contains("(there is no directory " + path.getParent() + ")");
        Files.createDirectory(path.getParent());
        ControlFixture.await("it is there again", this::isServed);
        Files.delete(moved.resolve("d.sock"));
    }

    /** Whatever is opened too late is closed. */
    @RepeatedTest(200)
    void theEndWhileItOpensAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Path late = directory.resolve("run").resolve("late.sock");
        ListeningSocket racing = new ListeningSocket(() -> {
            if (Files.exists(directory.resolve("run").resolve("first"))) {
                begun.countDown();
            }
            return SocketFile.open(late, "rw-------");
        }, 1);
        Files.createFile(directory.resolve("run").resolve("first"));
        Future<?> accept = Executors.newCachedThreadPool().submit(() -> {
            try (racing) {
                while (true) {
                    racing.accept().close();
                }
            }
        });
        Files.delete(late);
        begun.await();
        racing.end();
        assertThatThrownBy(accept::get).hasCauseInstanceOf(ClosedChannelException.class);
        assertThat(late).doesNotExist();
    }
}
