package org.acme;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkiverse.procdaemon.OnStart;
import io.quarkiverse.procdaemon.Run;
import io.quarkiverse.procdaemon.ShutdownHandle;
import io.quarkiverse.procdaemon.Subsystem;

/**
 * Processes the text files that are put into a folder.
 */
@Subsystem("inbox")
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    @Inject
    @ConfigProperty(name = "inbox.folder")
    Path folder;

    @OnStart
    void createFolders() throws IOException {
        Files.createDirectories(folder.resolve("done"));
    }

    // What this method throws is a failure: the subsystem is restarted after a back-off.
    @Run(every = "{inbox.poll-interval}")
    void poll(ShutdownHandle shutdown) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.txt")) {
            for (Path file : files) {
                if (shutdown.isShutdown()) {
                    return;
                }
                process(file);
                Files.move(file, folder.resolve("done").resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void process(Path file) throws IOException {
        try {
            LOG.infof("%s has %d lines", file.getFileName(), Files.readAllLines(file).size());
        } catch (IOException e) {
            throw new IOException("Cannot process " + file, e);
        }
    }
}
