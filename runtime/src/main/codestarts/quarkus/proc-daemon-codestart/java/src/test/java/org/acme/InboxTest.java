package org.acme;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import io.quarkiverse.procdaemon.Daemon;
import io.quarkiverse.procdaemon.SubsystemInfo;
import io.quarkiverse.procdaemon.SubsystemState;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class InboxTest {

    @ConfigProperty(name = "inbox.folder")
    Path folder;

    @Inject
    Daemon daemon;

    @Test
    void processesFile() throws IOException {
        Path file = Files.writeString(folder.resolve("greeting.txt"), "Hello\nWorld\n");

        await().until(() -> Files.exists(folder.resolve("done/greeting.txt")));

        assertTrue(Files.notExists(file));
    }

    @Test
    void isRestartedAfterFailure() throws IOException {
        long generation = inbox().generation();
        Path unreadable = Files.createDirectory(folder.resolve("not-a-file.txt"));

        await().until(() -> inbox().generation() > generation);

        Files.delete(unreadable);
        await().until(() -> inbox().state() == SubsystemState.RUNNING);
    }

    private SubsystemInfo inbox() {
        return daemon.subsystem("inbox").orElseThrow();
    }
}
