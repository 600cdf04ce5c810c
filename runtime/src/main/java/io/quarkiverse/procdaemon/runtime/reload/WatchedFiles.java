package io.quarkiverse.procdaemon.runtime.reload;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.smallrye.config.SmallRyeConfig;

/**
 * The files that a configuration was read from, and those that it would be read from if they were there: beside the
 * application, at the locations it names, and for each active profile.
 */
final class WatchedFiles {

    private static final List<String> EXTENSIONS = List.of("properties", "yaml", "yml");

    private final SmallRyeConfig config;
    private final Path here;
    private final Set<Path> files = new LinkedHashSet<>();

    private WatchedFiles(SmallRyeConfig config, Path here) {
        this.config = config;
        this.here = here;
    }

    /** @param here the working directory */
    static Set<Path> of(SmallRyeConfig config, Path here) {
        WatchedFiles watched = new WatchedFiles(config, here);
        watched.inUse();
        watched.besideTheApplication();
        watched.atLocations();
        return watched.files;
    }

    private void inUse() {
        for (ConfigSource source : config.getConfigSources()) {
            Optional<Path> file = Origin.file(source.getName());
            if (file.isPresent()) {
                add(file.get());
            }
        }
    }

    private void besideTheApplication() {
        add(here.resolve(".env"));
        add(here.resolve("daemon.toml"));
        add(here.resolve("config").resolve("daemon.toml"));
        for (String extension : EXTENSIONS) {
            withProfiles(here.resolve("config").resolve("application." + extension));
        }
    }

    private void atLocations() {
        Optional<List<String>> locations = config.getOptionalValues("smallrye.config.locations", String.class);
        for (String location : locations.orElse(List.of())) {
            try {
                URI uri = URI.create(location.trim());
                if (uri.getScheme() == null) {
                    withProfiles(here.resolve(uri.getPath()));
                } else if (uri.getScheme().equals("file")) {
                    withProfiles(Path.of(uri));
                }
            } catch (IllegalArgumentException odd) {
                // An invalid location was rejected when the configuration was read.
            }
        }
    }

    private void withProfiles(Path file) {
        add(file);
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (dot > 0 && !Files.isDirectory(file)) {
            for (String profile : config.getProfiles()) {
                add(file.resolveSibling(name.substring(0, dot) + "-" + profile + name.substring(dot)));
            }
        }
    }

    private void add(Path file) {
        files.add(file.toAbsolutePath().normalize());
    }
}
