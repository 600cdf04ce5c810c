package io.quarkiverse.procdaemon.runtime.reload.toml;

import java.io.IOException;
import java.net.URL;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.smallrye.config.AbstractLocationConfigSourceFactory;

/** The files that {@code quarkus.config.locations} names. */
final class TomlLocations extends AbstractLocationConfigSourceFactory {

    @Override
    protected String[] getFileExtensions() {
        return new String[] { "toml" };
    }

    @Override
    protected ConfigSource loadConfigSource(URL url, int ordinal) throws IOException {
        return TomlSource.of(url, ordinal);
    }
}
