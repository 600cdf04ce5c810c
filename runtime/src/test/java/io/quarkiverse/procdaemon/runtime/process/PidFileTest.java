package io.quarkiverse.procdaemon.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class PidFileTest {

    private static final String KEY = "quarkus.proc-daemon.pid-file (";
    private static final String OWN = ProcessHandle.current().pid() + "\n";

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("daemon.pid");
    }

    @Test
    void itIsThereFromTheStartToTheEnd() throws Exception {
        PidFile pid = new PidFile(file());
        assertThat(directory).isEmptyDirectory();
        pid.started();
        assertThat(directory).isDirectoryContaining(file()::equals);
        assertThat(file()).hasContent(OWN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-r--r--");
        pid.end();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "1", "999999999", "99999999999999999999", " 17 \n" })
    void oneThatIsLeftBehindIsReplaced(String old) throws Exception {
        Files.writeString(file(), old);
        assertThat(PidFile.objection(file())).isNull();
        PidFile pid = new PidFile(file());
        pid.started();
        assertThat(file()).hasContent(OWN);
        pid.end();
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = { "root:x:0:0", "17 18", "-1",
            "0000000000000000000000000000000000000000000000000000000000000000000" })
    void whatIsNoPidFileIsLeftAlone(String content) throws Exception {
        Files.writeString(file(), content);
        assertThat(PidFile.objection(file()))
                .isEqualTo(KEY + file() + ") is the path of a file that contains something else than"
                        + " a process ID, and is not overwritten; name another path, or delete the file if nothing needs it");
        PidFile pid = new PidFile(file());
        pid.started();
        pid.end();
        assertThat(file()).hasContent(content);
    }

    @ParameterizedTest
    @ValueSource(strings = { "4711\n", "own" })
    void oneThatAnotherProcessHasWrittenSinceStays(String other) throws Exception {
        PidFile pid = new PidFile(file());
        pid.started();
        Path next = Files.writeString(directory.resolve("next"), other.equals("own") ? OWN : other);
        Files.move(next, file(), StandardCopyOption.REPLACE_EXISTING);
        pid.end();
        assertThat(file()).exists();
    }

    @Test
    void oneThatIsGoneIsNotMissed() throws Exception {
        PidFile pid = new PidFile(file());
        pid.started();
        Files.delete(file());
        pid.end();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void afterTheEndItIsNotWritten() {
        PidFile pid = new PidFile(file());
        pid.end();
        pid.started();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLinkIsReplacedAndNotFollowed() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "17\n");
        Files.createSymbolicLink(file(), target);
        PidFile pid = new PidFile(file());
        pid.started();
        assertThat(target).hasContent("17");
        pid.end();
        assertThat(file()).doesNotExist();
    }

    @Test
    void placesWhereItCannotBe() throws Exception {
        assertThat(PidFile.objection(directory.resolve("missing/daemon.pid"))).isEqualTo(KEY + directory
                + "/missing/daemon.pid) cannot be created because the directory " + directory
                + "/missing does not exist; create"
                + " it, for example with RuntimeDirectory= of systemd, or name another path");
        assertThat(PidFile.objection(directory)).isEqualTo(KEY + directory + ") is a directory; name a file in it");
        assertThat(PidFile.objection(Path.of("/dev/null")))
                .isEqualTo(KEY + "/dev/null) is neither a regular file nor a free path; name another path");
        assertThat(PidFile.objection(file())).isNull();
    }
}
