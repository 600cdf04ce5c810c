package io.quarkiverse.procdaemon.runtime.reload;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkiverse.procdaemon.event.ConfigProblem;
import io.quarkiverse.procdaemon.runtime.reload.file.ConfigFileCheck;
import io.quarkiverse.procdaemon.runtime.reload.file.FileRule;
import io.smallrye.config.SmallRyeConfig;

/** What is wrong with the files of a configuration although their readers take them. */
public final class FileProblems {

    private FileProblems() {
    }

    /** In the files that it was read from. Any thread may call this. */
    public static List<ConfigProblem> of(SmallRyeConfig config) {
        Set<Path> files = new LinkedHashSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            Origin.file(source.getName()).ifPresent(files::add);
        }
        return in(files, config);
    }

    /** @param config one that is read by the same rules */
    static List<ConfigProblem> in(Collection<Path> files, SmallRyeConfig config) {
        List<FileRule> rules = StreamSupport.stream(config.getConfigSources(FileRule.class).spliterator(), false)
                .map(FileRule.class::cast).toList();
        return files.stream().flatMap(file -> ConfigFileCheck.flaws(file, rules).stream()
                .map(flaw -> new ConfigProblem(flaw.key(), Optional.of(Origin.readable(file)), flaw.line(), flaw.reason())))
                .toList();
    }
}
