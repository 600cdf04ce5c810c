package io.quarkiverse.procdaemon.runtime.reload.toml;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

import io.smallrye.config.AbstractLocationConfigSourceLoader;

/** The files beside the application and in its directory {@code config}; the latter counts more, as with Quarkus's own. */
final class TomlFiles extends AbstractLocationConfigSourceLoader implements ConfigSourceProvider {

    /** More than {@code config/application.properties} (260) and {@code .yaml} (265), less than the environment (300). */
    private static final int ORDINAL = 270;

    @Override
    public List<ConfigSource> getConfigSources(ClassLoader loader) {
        List<ConfigSource> sources = new ArrayList<>();
        Path here = Path.of("").toAbsolutePath();
        sources.addAll(
                loadConfigSources(here.resolve("config").resolve("daemon.toml").toUri().toString(), ORDINAL + 1, loader));
        sources.addAll(loadConfigSources(here.resolve("daemon.toml").toUri().toString(), ORDINAL, loader));
        return sources;
    }

    @Override
    protected String[] getFileExtensions() {
        return new String[] { "toml" };
    }

    @Override
    protected ConfigSource loadConfigSource(URL url, int ordinal) throws IOException {
        return TomlSource.of(url, ordinal);
    }
}
