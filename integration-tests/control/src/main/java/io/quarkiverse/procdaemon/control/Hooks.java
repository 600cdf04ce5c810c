package io.quarkiverse.procdaemon.control;

import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Files that tests create and remove. */
@Singleton
class Hooks {

    @ConfigProperty(name = "billing.hooks")
    Path directory;

    boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }

    /** While there is a file of that name. */
    void waitWhile(String name) throws InterruptedException {
        while (has(name)) {
            Thread.sleep(10);
        }
    }
}
