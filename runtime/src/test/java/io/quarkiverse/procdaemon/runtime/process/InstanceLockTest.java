package io.quarkiverse.procdaemon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.procdaemon.DaemonException;
import io.quarkiverse.procdaemon.ErrorCode;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class InstanceLockTest {

    private static final String ONE_PROBLEM = "PD-1002: the configuration of the daemon has a problem:\n  - "
            + "quarkus.proc-daemon.instance-lock (";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("daemon.lock");
    }

    @Test
    void theFileSaysWhoHoldsItAndStays() throws Exception {
        try (InstanceLock lock = InstanceLock.take(file(), "acme")) {
            assertThat(lock).isNotNull();
        }
        assertThat(file()).content().startsWith("# The instance lock of a daemon. Do not delete it")
                .contains("\ndaemon: acme\npid: " + ProcessHandle.current().pid() + "\n").contains("\nsince: 20")
                .contains("\ncommand: " + System.getProperty("java.home")).doesNotContain("surefire-", "-D");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).startsWith("rw-").endsWith("--");
    }

    @Test
    void anotherProcessLearnsWhoHoldsIt() throws Exception {
        try (LockHolder first = LockHolder.start(file(), "acme")) {
            assertThat(first.holds()).as(first.said()).isTrue();
            assertThatThrownBy(() -> InstanceLock.take(file(), "other")).isInstanceOfSatisfying(DaemonException.class,
                    refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INSTANCE_LOCKED))
                    .hasMessageMatching("PD-8002: the daemon does not start because another process holds the instance lock "
                            + file() + ": acme, process " + first.pid() + " on \\S+, started at 20\\S+Z \\(" + System
                                    .getProperty("java.home")
                            + "/bin/java \\S+LockHolder\\); stop that one first, or set quarkus.proc-daemon.instance-lock to"
                            + " another path");
            // Being refused has not released it.
            assertThatThrownBy(() -> InstanceLock.take(file(), "other")).hasMessageContaining("PD-8002");
        }
        InstanceLock.take(file(), "next").close();
        assertThat(file()).content().contains("daemon: next").doesNotContain("acme");
    }

    @Test
    void theSameProcessIsRefusedAndKeepsIt() throws Exception {
        try (InstanceLock lock = InstanceLock.take(file(), "acme")) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> InstanceLock.take(file(), "acme")).hasMessage("PD-8002: the daemon does not start because"
                    + " this process itself has the instance lock " + file()
                    + "; stop the other application in this JVM first");
            try (LockHolder other = LockHolder.start(file(), "other")) {
                assertThat(other.said()).startsWith("PD-8002: ").contains(": acme, process " + ProcessHandle.current().pid());
            }
        }
    }

    @RepeatedTest(5)
    void ofManyAtOnceOneGetsIt() throws Exception {
        try (LockHolder one = LockHolder.start(file(), "one"); LockHolder two = LockHolder.start(file(), "two")) {
            assertThat(one.holds()).isNotEqualTo(two.holds());
        }
    }

    @Test
    void oneThatDoesNotSayWhoHasItIsHeldAllTheSame() throws Exception {
        try (LockHolder first = LockHolder.start(file(), "acme")) {
            assertThat(first.holds()).isTrue();
            Files.writeString(file(), "pid: 7\n");
            assertThatThrownBy(() -> InstanceLock.take(file(), "other"))
                    .hasMessageContaining(": which one is not known, as the file does not say; stop that one first");
            Files.writeString(file(), Holder.HEADER + "daemon: a\u001b[2Jb\npid: 7\nhost: h\n");
            assertThatThrownBy(() -> InstanceLock.take(file(), "other"))
                    .hasMessageContaining(": a\\u001b[2Jb, process 7 on h; stop").hasMessageNotContaining("\u001b");
        }
    }

    @Test
    void aFileThatIsNoLockIsLeftAlone() throws Exception {
        Files.writeString(file(), "precious\n");
        refused("is the path of a file with other content, which is not overwritten; name another path, or delete the file if"
                + " nothing needs it");
        assertThat(file()).hasContent("precious");
    }

    @Test
    void anEmptyFileWillDo() throws Exception {
        Files.createFile(file());
        InstanceLock.take(file(), "acme").close();
        assertThat(file()).content().contains("daemon: acme");
    }

    @Test
    void withoutItsDirectory() {
        Path file = directory.resolve("missing/daemon.lock");
        assertThatThrownBy(() -> InstanceLock.take(file, "acme")).hasMessage(ONE_PROBLEM + file
                + ") cannot be created because the directory " + directory.resolve("missing")
                + " does not exist; create it, for"
                + " example with RuntimeDirectory= of systemd, or name another path");
    }

    @Test
    void belowAFile() throws Exception {
        Path parent = Files.createFile(directory.resolve("plain"));
        assertThatThrownBy(() -> InstanceLock.take(parent.resolve("daemon.lock"), "acme")).hasMessage(ONE_PROBLEM + parent
                + "/daemon.lock) cannot be created because " + parent + " is not a directory; name another path");
    }

    @Test
    void aDirectoryInItsPlace() throws Exception {
        Files.createDirectory(file());
        refused("is a directory; name a file in it");
    }

    @Test
    void aPipeInItsPlace() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).inheritIO().start().waitFor()).isZero();
        refused("is neither a regular file nor a free path; name another path");
    }

    private void refused(String why) throws IOException {
        assertThatThrownBy(() -> InstanceLock.take(file(), "acme")).hasMessage(ONE_PROBLEM + file() + ") " + why);
    }

    @Test
    void whatALaterStartCouldNotLock() throws Exception {
        String key = "quarkus.proc-daemon.instance-lock (";
        try (InstanceLock lock = InstanceLock.take(file(), "acme")) {
            assertThat(lock).isNotNull();
            assertThat(InstanceLock.objection(directory.resolve("other.lock"), file())).isNull();
            assertThat(directory.resolve("other.lock")).doesNotExist();
            assertThat(InstanceLock.objection(directory, file()))
                    .isEqualTo(key + directory + ") is a directory; name a file in it");
            Path precious = Files.writeString(directory.resolve("precious"), "x");
            assertThat(InstanceLock.objection(precious, file())).isEqualTo(key + precious + ") is the path of a file with other"
                    + " content, which is not overwritten; name another path, or delete the file if nothing needs it");
            assertThat(InstanceLock.objection(precious, null)).isNotNull();
        }
    }

    /** A process that closes any descriptor of a file loses its locks on it. */
    @Test
    void lookingDoesNotReleaseTheLock() throws Exception {
        try (InstanceLock lock = InstanceLock.take(file(), "acme")) {
            assertThat(lock).isNotNull();
            Path link = Files.createLink(directory.resolve("link"), file());
            assertThat(InstanceLock.objection(link, file())).isNull();
            Path moved = Files.move(file(), directory.resolve("moved"));
            assertThat(InstanceLock.objection(moved, file())).isNull();
            try (LockHolder other = LockHolder.start(moved, "other")) {
                assertThat(other.said()).startsWith("PD-8002: ");
            }
        }
    }
}
