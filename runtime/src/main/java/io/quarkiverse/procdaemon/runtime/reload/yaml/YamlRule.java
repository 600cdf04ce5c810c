package io.quarkiverse.procdaemon.runtime.reload.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.procdaemon.runtime.reload.file.FileRule;
import io.quarkiverse.procdaemon.runtime.reload.file.Flaw;

/** The rule for files in YAML. A source without properties, so that it is found in the configuration it belongs to. */
final class YamlRule implements ConfigSource, FileRule {

    @Override
    public List<Flaw> flaws(Path file, String text) {
        String name = file.toString();
        return name.endsWith(".yaml") || name.endsWith(".yml") ? DuplicateKeys.in(text) : List.of();
    }

    @Override
    public Map<String, String> getProperties() {
        return Map.of();
    }

    @Override
    public Set<String> getPropertyNames() {
        return Set.of();
    }

    @Override
    public @Nullable String getValue(String name) {
        return null;
    }

    @Override
    public String getName() {
        return "proc-daemon YAML rule";
    }

    @Override
    public int getOrdinal() {
        return Integer.MIN_VALUE;
    }
}
