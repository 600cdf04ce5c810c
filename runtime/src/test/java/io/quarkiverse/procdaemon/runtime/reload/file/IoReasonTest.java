package io.quarkiverse.procdaemon.runtime.reload.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

import org.junit.jupiter.api.Test;

class IoReasonTest {

    @Test
    void theReasonIsSaidWithoutThePath() {
        assertThat(IoReason.of(new AccessDeniedException("/etc/x"))).isEqualTo("Access denied");
        assertThat(IoReason.of(new NoSuchFileException("/etc/x"))).isEqualTo("there is no such file");
        assertThat(IoReason.of(new FileSystemException("/etc/x", null, "Too many levels of symbolic links")))
                .isEqualTo("Too many levels of symbolic links");
        assertThat(IoReason.of(new FileSystemLoopException("/etc/x"))).isEqualTo("FileSystemLoopException");
        assertThat(IoReason.of(new FileNotFoundException("/etc/x (Permission denied)"))).isEqualTo("Permission denied");
        assertThat(IoReason.of(new IOException("Is a directory"))).isEqualTo("Is a directory");
        assertThat(IoReason.of(new IOException())).isEqualTo("IOException");
    }
}
